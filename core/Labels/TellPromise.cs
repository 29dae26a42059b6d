using Support.Confidence;
using Support.Conversations;
using Support.Database;
using Support.Tenants;
using Support.Tickets;

namespace Support.Labels;

/// <summary>Tells the owner and the admins, where cards go, that the certificate is another one now.</summary>
internal static class TellPromise
{
    /// <returns>False when nobody can be reached yet.</returns>
    public static async Task<bool> InsideAsync(TenantTransaction transaction, BotDirectory bots, TenantConfidence confidence, ConfidenceOptions options, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await AdminsPlace.FindAsync(transaction, bots, cancellation) is not { } place)
            return false;
        var language = await AdminsLanguage.FindAsync(transaction, cancellation);
        var html = CertificateText.Html(language, confidence, options) + "\n\n" + Phrases.Html(language, "target.told");
        var buttons = confidence.State == CertificateState.Suspended ? Keyboard.Of(TargetButtons.WhenSuspended(language, confidence)) : null;
        await Outbox.AddAsync(transaction, place.Bot.Id, new OutboxMessage(place.Chat, Purposes.Notice, new Outgoing.SendText(html, buttons)), now, cancellation);
        return true;
    }
}
