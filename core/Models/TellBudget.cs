using Support.Conversations;
using Support.Database;
using Support.Tenants;
using Support.Tickets;

namespace Support.Models;

/// <summary>Tells the admins once, where cards go, that the day's budget for models is spent and the desk answers without them until midnight UTC.</summary>
internal static class TellBudget
{
    /// <summary>While nobody can be reached it is tried again each minute that calls are refused in.</summary>
    public static async Task InsideAsync(TenantTransaction transaction, BotDirectory bots, DateOnly day, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await AdminsPlace.FindAsync(transaction, bots, cancellation) is not { } place)
            return;
        if (!await ModelCalls.TryMarkToldAsync(transaction, day, cancellation))
            return;
        var language = await AdminsLanguage.FindAsync(transaction, cancellation);
        await Outbox.AddAsync(transaction, place.Bot.Id, new OutboxMessage(place.Chat, Purposes.Notice, new Outgoing.SendText(Phrases.Html(language, "models.spent"))), now, cancellation);
    }
}
