using System.Security.Cryptography;
using System.Text;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Tenants;

public sealed class WebhookSecretTests
{
    private static readonly TenantId Tenant = TenantId.Parse("6f1d7c0e-1f1f-4f0e-9a55-0d6b2f3a4c11");
    private static readonly BotId Bot = new(123456789);
    private static readonly byte[] Key = Encoding.UTF8.GetBytes("0123456789abcdef0123456789abcdef");
    private static readonly WebhookKeys Keys = new(Key, null);

    [Fact]
    public void It_is_the_generation_and_the_hmac_of_tenant_bot_and_generation()
    {
        var hash = HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes("6f1d7c0e-1f1f-4f0e-9a55-0d6b2f3a4c11\n123456789\n7"));

        Assert.Equal("g7_" + Convert.ToBase64String(hash).TrimEnd('=').Replace('+', '-').Replace('/', '_'), WebhookSecret.Make(Key, Tenant, Bot, 7));
    }

    [Fact]
    public void Telegram_accepts_its_characters_and_length()
    {
        var longest = WebhookSecret.Make(Key, Tenant, new BotId(long.MaxValue), int.MaxValue);

        Assert.Matches("^[A-Za-z0-9_-]{1,256}$", longest);
        Assert.Equal(int.MaxValue, WebhookSecret.Verify(longest, Tenant, new BotId(long.MaxValue), Keys));
    }

    [Fact]
    public void It_is_accepted_and_tells_its_generation() =>
        Assert.Equal(7, WebhookSecret.Verify(WebhookSecret.Make(Key, Tenant, Bot, 7), Tenant, Bot, Keys));

    [Fact]
    public void The_previous_key_is_still_accepted_and_an_older_one_is_not()
    {
        var next = RandomNumberGenerator.GetBytes(32);
        var given = WebhookSecret.Make(Key, Tenant, Bot, 0);

        Assert.Equal(0, WebhookSecret.Verify(given, Tenant, Bot, new WebhookKeys(next, Key)));
        Assert.Null(WebhookSecret.Verify(given, Tenant, Bot, new WebhookKeys(RandomNumberGenerator.GetBytes(32), next)));
    }

    [Fact]
    public void The_secret_of_one_bot_opens_no_other()
    {
        var given = WebhookSecret.Make(Key, Tenant, Bot, 1);

        Assert.Null(WebhookSecret.Verify(given, Tenant, new BotId(1), Keys));
        Assert.Null(WebhookSecret.Verify(given, new TenantId(Guid.NewGuid()), Bot, Keys));
        Assert.Null(WebhookSecret.Verify(given.Replace("g1_", "g2_"), Tenant, Bot, Keys));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("g")]
    [InlineData("g_")]
    [InlineData("g1")]
    [InlineData("g1_")]
    [InlineData("g-1_abc")]
    [InlineData("g99999999999_abc")]
    [InlineData("1_abc")]
    [InlineData("g1_ключ")]
    public void Anything_else_is_refused(string? given) => Assert.Null(WebhookSecret.Verify(given, Tenant, Bot, Keys));

    [Fact]
    public void A_generation_written_otherwise_or_a_longer_text_is_refused()
    {
        var given = WebhookSecret.Make(Key, Tenant, Bot, 1);

        Assert.Null(WebhookSecret.Verify(given.Replace("g1_", "g01_"), Tenant, Bot, Keys));
        Assert.Null(WebhookSecret.Verify(given + "A", Tenant, Bot, Keys));
        Assert.Null(WebhookSecret.Verify(given + new string('A', 300), Tenant, Bot, Keys));
        Assert.Null(WebhookSecret.Verify(string.Concat(Enumerable.Repeat("ы", 256)), Tenant, Bot, Keys));
    }
}
