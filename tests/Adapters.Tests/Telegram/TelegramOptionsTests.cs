using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Telegram;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class TelegramOptionsTests
{
    [Fact]
    public void Nothing_set_means_telegram_itself_by_polling_without_a_bot()
    {
        var options = Options();

        Assert.Equal("https://api.telegram.org/", options.ApiUrl.AbsoluteUri);
        Assert.True(options.TalksToTelegram);
        Assert.Null(options.Token);
        Assert.Null(options.PublicUrl);
    }

    [Fact]
    public void The_names_people_know_are_accepted_and_the_desks_own_come_first()
    {
        var options = Options(("TELEGRAM_BOT_TOKEN", "1:old"), ("WEBHOOK_URL", "https://support.example.com/desk/"), ("Support:Telegram:Token", "2:new_one"));

        Assert.Equal("2:new_one", options.Token);
        Assert.Equal("https://support.example.com/desk/", options.PublicUrl?.AbsoluteUri);
    }

    [Fact]
    public void An_empty_variable_is_none() => Assert.Null(Options(("TELEGRAM_BOT_TOKEN", " "), ("WEBHOOK_URL", "")).Token);

    [Theory]
    [InlineData("WEBHOOK_URL")]
    [InlineData("Support:Telegram:PublicUrl")]
    public void Polling_said_on_purpose_outweighs_any_address(string key)
    {
        Assert.Null(Options((key, "https://support.example.com"), ("RUN_MODE", "polling")).PublicUrl);
        Assert.NotNull(Options((key, "https://support.example.com"), ("RUN_MODE", "webhook")).PublicUrl);
    }

    [Fact]
    public void The_simulation_may_be_reached_without_https() =>
        Assert.False(Options(("Support:Telegram:ApiUrl", "http://127.0.0.1:8081"), ("WEBHOOK_URL", "http://127.0.0.1:8080")).TalksToTelegram);

    [Theory]
    [InlineData("Support:Telegram:Token", "not-a-token", "Support:Telegram:Token (or TELEGRAM_BOT_TOKEN) is no bot token (11 characters")]
    [InlineData("Support:Telegram:ApiUrl", "api.telegram.org", "Support:Telegram:ApiUrl is \"api.telegram.org\"")]
    [InlineData("WEBHOOK_URL", "ftp://example.com", "Support:Telegram:PublicUrl (or WEBHOOK_URL) is \"ftp://example.com/\"")]
    [InlineData("WEBHOOK_URL", "/webhook", "no plain web address")]
    [InlineData("WEBHOOK_URL", "http://example.com", "https addresses only")]
    [InlineData("WEBHOOK_URL", "https://example.com:8080", "ports 443, 80, 88 and 8443")]
    public void A_bad_value_stops_the_start_by_name_without_telling_the_token(string key, string value, string message)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Options((key, value)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-token", exception.Message, StringComparison.Ordinal);
    }

    private static TelegramOptions Options(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        using var services = new ServiceCollection().AddTelegram(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<TelegramOptions>>().Value;
    }
}
