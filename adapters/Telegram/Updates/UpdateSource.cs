using Support.Tenants;

namespace Support.Telegram.Updates;

/// <summary>Takes updates over. Returns when they are durably queued; until then Telegram keeps them.</summary>
public delegate ValueTask UpdatesReceived(IReadOnlyList<RawUpdate> updates, CancellationToken cancellation);

/// <summary>One bot whose updates are to arrive, and what its owner wants to know about that.</summary>
public sealed class UpdateSource
{
    public required BotToken Token { get; init; }

    /// <summary>Null: this desk has no public address, so it polls.</summary>
    public WebhookAddress? Webhook { get; init; }

    public required UpdatesReceived Received { get; init; }

    /// <summary>When the last update came in through the webhook, whichever process took it; null if unknown.</summary>
    public Func<CancellationToken, ValueTask<DateTimeOffset?>> LastPushed { get; init; } = _ => ValueTask.FromResult<DateTimeOffset?>(null);

    /// <summary>Whether the desk can be reached at its public address; <see cref="AddressProbe"/> asks over HTTP.</summary>
    public Func<CancellationToken, ValueTask<bool>> AddressAnswers { get; init; } = _ => ValueTask.FromResult(false);

    public Func<WebhookNotice, CancellationToken, ValueTask> Notify { get; init; } = (_, _) => ValueTask.CompletedTask;
}

/// <summary>Where Telegram sends a bot's updates, and the secret that proves it was Telegram. No record: a record prints its fields.</summary>
public sealed class WebhookAddress(Uri url, string secret)
{
    public Uri Url => url;

    public string Secret => secret;

    /// <param name="publicUrl">May have a path of its own, as behind a shared proxy.</param>
    public static WebhookAddress Of(Uri publicUrl, TenantId tenant, BotId bot, string secret) =>
        new(new Uri($"{publicUrl.AbsoluteUri.TrimEnd('/')}/telegram/{tenant}/{bot}"), secret);
}

/// <summary>Something the admins are told about how updates arrive.</summary>
public abstract record WebhookNotice
{
    private WebhookNotice() { }

    /// <summary>Telegram does not reach the webhook; the desk fetches the updates meanwhile, and nothing is lost.</summary>
    /// <param name="Problem">In Telegram's words.</param>
    public sealed record PollingInstead(string Problem) : WebhookNotice;

    public sealed record WebhookAgain : WebhookNotice;
}
