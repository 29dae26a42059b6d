using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Conversations;
using Support.Telegram.Updates;

namespace Support.Telegram;

public static class TelegramServices
{
    /// <summary>The messenger and the Bot API client; needs an <see cref="Tenants.IBotTokens"/>.</summary>
    public static IServiceCollection AddTelegram(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<TelegramOptions>()
            .Configure(options => Read(configuration, options))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelegramOptions>, TelegramOptionsCheck>();
        services.AddSingleton(provider => new BotApiClient(
            BotApiConnections.CreateClient(),
            provider.GetRequiredService<IOptions<TelegramOptions>>().Value.ApiUrl,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IMessenger, TelegramMessenger>();
        services.AddSingleton<WebhookRegistration>();
        services.AddSingleton<LongPolling>();
        services.AddSingleton<WebhookOrPolling>();
        services.AddSingleton(provider => new AddressProbe(BotApiConnections.CreateClient(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static void Read(IConfiguration configuration, TelegramOptions options)
    {
        var section = configuration.GetSection(TelegramOptions.Section);
        if (Given(section[nameof(options.ApiUrl)]) is { } apiUrl)
            options.ApiUrl = UriOf(apiUrl);
        options.Token = Given(section[nameof(options.Token)]) ?? Given(configuration["TELEGRAM_BOT_TOKEN"]);
        // Said on purpose, it outweighs any address, under whichever name that is set.
        if (!string.Equals(Given(configuration["RUN_MODE"]), "polling", StringComparison.OrdinalIgnoreCase)
            && (Given(section[nameof(options.PublicUrl)]) ?? Given(configuration["WEBHOOK_URL"])) is { } publicUrl)
            options.PublicUrl = UriOf(publicUrl);
    }

    /// <summary>An empty variable means the same as none: compose files leave many.</summary>
    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    /// <summary>What is no address becomes a relative one, which the check refuses by name.</summary>
    private static Uri UriOf(string text) => new(text, UriKind.RelativeOrAbsolute);
}
