using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>The chat that cards go to now.</summary>
/// <param name="HasTopics">A forum in which the bot may make a topic for each ticket.</param>
internal sealed record CardsPlace(long Chat, bool HasTopics)
{
    private const string Standing =
        """
        select is_forum and can_manage_topics as has_topics, gone_since is not null as is_gone
        from chat where tenant_id = @tenant and bot_id = @bot and id = @chat
        """;

    /// <summary>Null when nobody can be reached: there is no such chat, or the bot is no longer in it.</summary>
    public static async Task<CardsPlace?> FindAsync(TenantTransaction transaction, BotInfo bot, CancellationToken cancellation)
    {
        if (bot.CardsChat is not { } chat)
            return null;
        var standing = await transaction.FirstAsync<ChatStanding>(Standing, new { tenant = transaction.Tenant.Value, bot = bot.Id.Value, chat }, cancellation);
        return standing is { IsGone: true } ? null : new CardsPlace(chat, standing is { HasTopics: true });
    }

    private sealed record ChatStanding
    {
        public bool HasTopics { get; init; }
        public bool IsGone { get; init; }
    }
}
