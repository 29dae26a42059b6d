using System.Net;
using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class WebhookMethods
{
    private static readonly int[] Ports = [443, 80, 88, 8443];

    public static Reply Set(Call call)
    {
        var url = call.Arguments.String("url") ?? "";
        if (url.Length == 0)
            return Remove(call, "Webhook is already deleted");
        var webhook = new Webhook(CheckedUrl(url), CheckedSecret(call), CheckedConnections(call));
        DropPendingIfAsked(call);
        var unchanged = call.Bot.State.Webhook == webhook && !call.Arguments.Has("allowed_updates");
        call.World.Commit(new JournalEntry
        {
            Bot = call.Bot.State with
            {
                Webhook = webhook,
                AllowedUpdates = call.Arguments.Strings("allowed_updates") ?? call.Bot.State.AllowedUpdates,
                LastError = unchanged ? call.Bot.State.LastError : null,
            },
        });
        call.Bot.Poll?.EndWith(Refusal.Conflict("terminated by setWebhook request"));
        call.Telegram.Webhooks.WakeAll(call.Bot);
        return Reply.TrueWith(unchanged ? "Webhook is already set" : "Webhook was set");
    }

    public static Reply Delete(Call call)
    {
        DropPendingIfAsked(call);
        return Remove(call, "Webhook is already deleted");
    }

    public static Reply Info(Call call)
    {
        call.Telegram.Feed.Expire(call.Bot);
        var state = call.Bot.State;
        return Reply.Of(
            new WebhookInfo(state.Webhook?.Url ?? "", false, call.Bot.Pending.Count)
            {
                LastErrorDate = state.LastError?.Date,
                LastErrorMessage = state.LastError?.Message,
                MaxConnections = state.Webhook?.MaxConnections,
                AllowedUpdates = state.AllowedUpdates is { Count: > 0 } allowed ? allowed : null,
            },
            SimulationJson.Default.WebhookInfo);
    }

    private static Reply Remove(Call call, string whenThereIsNone)
    {
        if (call.Bot.State.Webhook is null)
            return Reply.TrueWith(whenThereIsNone);
        call.World.Commit(new JournalEntry { Bot = call.Bot.State with { Webhook = null, LastError = null } });
        return Reply.TrueWith("Webhook was deleted");
    }

    private static void DropPendingIfAsked(Call call)
    {
        if (!call.Arguments.Flag("drop_pending_updates"))
            return;
        foreach (var update in call.Bot.Pending.All.ToList())
            call.World.Commit(new JournalEntry { Settled = new UpdateSettled(call.Bot.Id, update.Update.UpdateId) });
    }

    /// <summary>Telegram wants https on one of four ports. An address of this machine may be plain http on any port here, since that is where a simulation's bot runs.</summary>
    private static string CheckedUrl(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw Refusal.BadRequest("bad webhook: An HTTPS URL must be provided for webhook");
        if (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)))
            return url;
        if (uri.Scheme != "https")
            throw Refusal.BadRequest("bad webhook: An HTTPS URL must be provided for webhook");
        if (!Ports.Contains(uri.Port))
            throw Refusal.BadRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443");
        return url;
    }

    private static string? CheckedSecret(Call call)
    {
        if (call.Arguments.String("secret_token") is not { } secret)
            return null;
        if (secret.Length > 256)
            throw Refusal.BadRequest("secret token is too long");
        if (!secret.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw Refusal.BadRequest("secret token contains unallowed characters");
        return secret;
    }

    private static int CheckedConnections(Call call) => call.Arguments.Integer("max_connections") switch
    {
        null => Webhook.DefaultConnections,
        >= 1 and <= 100 and { } connections => (int)connections,
        _ => throw Refusal.BadRequest("max_connections must be between 1 and 100"),
    };
}
