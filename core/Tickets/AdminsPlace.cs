using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>Where a company's admins are told what concerns no single bot: at the first of its bots that reaches them.</summary>
internal sealed record AdminsPlace(BotInfo Bot, long Chat)
{
    private const string RunBots = "select id from bot where token <> ''::bytea order by id";

    /// <summary>Null when nobody can be reached.</summary>
    public static async Task<AdminsPlace?> FindAsync(TenantTransaction transaction, BotDirectory bots, CancellationToken cancellation)
    {
        foreach (var id in await transaction.QueryAsync<long>(RunBots, null, cancellation))
            if (await bots.FindAsync(new BotId(id), cancellation) is { } bot && await CardsPlace.FindAsync(transaction, bot, cancellation) is { } place)
                return new AdminsPlace(bot, place.Chat);
        return null;
    }
}
