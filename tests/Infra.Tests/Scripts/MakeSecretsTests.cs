using Support.Tenants;

namespace Support.Tests.Scripts;

public sealed class MakeSecretsTests
{
    private const string Azd = """
        [ "$1 $2 $3" = "env set --file" ] || exit 9
        [ "$(stat -c %a "$4")" = 600 ] || exit 8
        cat "$4" >> "$KEPT/env"
        """;

    [Fact]
    public async Task It_makes_each_secret_once_and_shows_none()
    {
        var hook = new HookRun();
        hook.Stand("azd", Azd);
        hook.Environment["TELEGRAM_BOT_TOKEN"] = "123456789:AAE-secret";
        hook.Environment["SUPPORT_ALERT_EMAIL"] = "owner@example.com";

        var first = await hook.RunAsync("make-secrets.sh");

        Assert.Equal((0, ""), (first.Exit, first.Errors));
        var made = Read(hook);
        Assert.Equal(
            ["SUPPORT_BUDGET_START", "SUPPORT_DATABASE_ADMIN_PASSWORD", "SUPPORT_DATABASE_PASSWORD", "SUPPORT_MASTER_KEY", "SUPPORT_OWNER_CODE", "SUPPORT_QDRANT_API_KEY", "SUPPORT_UPLOAD_KEY"],
            made.Keys.Order(StringComparer.Ordinal));
        Assert.All(made.Where(pair => pair.Key != "SUPPORT_BUDGET_START"), pair => Assert.DoesNotContain(pair.Value, first.Output, StringComparison.Ordinal));
        // The code takes it, and so do a URL and Telegram's start parameter.
        Assert.Equal("token", new SecretBox(made["SUPPORT_MASTER_KEY"]).Open(new SecretBox(made["SUPPORT_MASTER_KEY"]).Close("token")));
        Assert.Matches("^[0-9a-f]{48}$", made["SUPPORT_DATABASE_PASSWORD"]);
        Assert.Matches("^[A-Za-z0-9_-]{16,64}$", made["SUPPORT_OWNER_CODE"]);
        Assert.Matches("^[0-9]{4}-[0-9]{2}-01$", made["SUPPORT_BUDGET_START"]);

        foreach (var (name, value) in made)
            hook.Environment[name] = value;
        File.Delete(Path.Combine(hook.Kept, "env"));
        var second = await hook.RunAsync("make-secrets.sh");
        Assert.Equal((0, "", ""), (second.Exit, second.Output, second.Errors));
        Assert.False(File.Exists(Path.Combine(hook.Kept, "env")));
    }

    [Fact]
    public async Task What_only_a_person_knows_is_named_where_nobody_can_be_asked()
    {
        var hook = new HookRun();
        hook.Stand("azd", Azd);
        hook.Environment["TELEGRAM_BOT_TOKEN"] = null;
        var run = await hook.RunAsync("make-secrets.sh");
        Assert.Equal(1, run.Exit);
        Assert.Contains("TELEGRAM_BOT_TOKEN", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(hook.Kept, "env")));
    }

    private static Dictionary<string, string> Read(HookRun hook) =>
        File.ReadAllLines(Path.Combine(hook.Kept, "env")).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
}
