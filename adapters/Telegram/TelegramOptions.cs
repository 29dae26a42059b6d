using Microsoft.Extensions.Options;

namespace Support.Telegram;

public sealed class TelegramOptions
{
    public const string Section = "Support:Telegram";

    /// <summary>Telegram, a Bot API server of your own, or the simulation.</summary>
    public Uri ApiUrl { get; set; } = new("https://api.telegram.org");

    /// <summary>The bot to run from the start, from @BotFather. Without one the desk runs against the simulation. Also <c>TELEGRAM_BOT_TOKEN</c>.</summary>
    public string? Token { get; set; }

    /// <summary>Where Telegram reaches this desk; updates are then pushed, which is faster than asking for them. Also <c>WEBHOOK_URL</c>; none with <c>RUN_MODE=polling</c>.</summary>
    public Uri? PublicUrl { get; set; }

    public bool TalksToTelegram => ApiUrl is { IsAbsoluteUri: true, Host: "api.telegram.org" };
}

internal sealed class TelegramOptionsCheck : IValidateOptions<TelegramOptions>
{
    // Bot API, setWebhook.
    private static readonly int[] Ports = [443, 80, 88, 8443];

    public ValidateOptionsResult Validate(string? name, TelegramOptions options)
    {
        var problems = new List<string>();
        if (!IsHttp(options.ApiUrl))
            problems.Add($"{TelegramOptions.Section}:ApiUrl is \"{options.ApiUrl}\", which is no http or https address. Leave it out to use https://api.telegram.org.");
        if (options.Token is { } token && !BotToken.TryParse(token, out _))
            problems.Add($"{TelegramOptions.Section}:Token (or TELEGRAM_BOT_TOKEN) is no bot token ({token.Length} characters; it looks like 123456789:AAE…). Copy it anew from @BotFather.");
        if (options.PublicUrl is { } url && ProblemWith(url, options) is { } problem)
            problems.Add($"{TelegramOptions.Section}:PublicUrl (or WEBHOOK_URL) is \"{url}\", {problem}");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? ProblemWith(Uri url, TelegramOptions options)
    {
        if (!IsHttp(url) || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            return "which is no plain web address. Give scheme and host, as in https://support.example.com.";
        if (!options.TalksToTelegram)
            return null;
        if (url.Scheme != Uri.UriSchemeHttps)
            return "but Telegram calls https addresses only. Put a certificate in front, or leave it out to use polling.";
        return Ports.Contains(url.Port) ? null : "but Telegram calls the ports 443, 80, 88 and 8443 only.";
    }

    private static bool IsHttp(Uri url) => url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
