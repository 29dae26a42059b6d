using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using Support.Database;

namespace Support.Tenants;

/// <summary>
/// Which bots there are, whose they are and who stands behind them. Read from PostgreSQL and kept for a few seconds;
/// whoever changes a bot or its staff in this process calls <see cref="Forget"/> after the commit.
/// </summary>
public sealed class BotDirectory(DeskDatabase database, SecretBox box, TimeProvider clock) : IBotTokens
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<BotId, Entry> _known = new();

    public async ValueTask<BotInfo?> FindAsync(BotId bot, CancellationToken cancellation) => (await ReadAsync(bot, cancellation))?.Info;

    public async ValueTask<string?> TokenAsync(BotId bot, CancellationToken cancellation) => (await ReadAsync(bot, cancellation))?.Token;

    public void Forget(BotId bot) => _known.TryRemove(bot, out _);

    // A bot that was taken out of the settings has no token any more.
    private const string RunBots = "select id from bot where token <> ''::bytea order by id";

    /// <summary>The bots that are run; not those that were taken out of the settings.</summary>
    public async Task<IReadOnlyList<BotId>> AllAsync(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        return [.. (await connection.QueryAsync<long>(new CommandDefinition(RunBots, cancellationToken: cancellation))).Select(id => new BotId(id))];
    }

    private const string RunBotsOf = "select id from bot where tenant_id = @tenant and token <> ''::bytea order by id";

    /// <summary>The bots of one tenant that are run.</summary>
    public async Task<IReadOnlyList<BotInfo>> OfAsync(TenantId tenant, CancellationToken cancellation)
    {
        IReadOnlyList<long> ids;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            ids = (await connection.QueryAsync<long>(new CommandDefinition(RunBotsOf, new { tenant = tenant.Value }, cancellationToken: cancellation))).AsList();
        var all = new List<BotInfo>();
        foreach (var id in ids)
            if (await FindAsync(new BotId(id), cancellation) is { } bot && bot.Tenant == tenant)
                all.Add(bot);
        return all;
    }

    private async ValueTask<Entry?> ReadAsync(BotId bot, CancellationToken cancellation)
    {
        if (_known.TryGetValue(bot, out var known) && clock.GetElapsedTime(known.ReadAt) < Freshness)
            return known;
        var read = await LoadAsync(bot, cancellation);
        if (read is not null)
            _known[bot] = read;
        return read;
    }

    private const string OneBot = "select tenant_id, username, token, generation, admins_chat_id from bot where id = @bot and token <> ''::bytea";

    private const string ItsStaff =
        """
        select id as person, name, is_owner, is_admin, is_editor, started_at is not null as started
        from person where is_owner or is_admin or is_editor order by id
        """;

    private async Task<Entry?> LoadAsync(BotId bot, CancellationToken cancellation)
    {
        (Guid Tenant, string Username, byte[] Token, int Generation, long? AdminsChat) row;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
        {
            row = await connection.QuerySingleOrDefaultAsync<(Guid, string, byte[], int, long?)>(new CommandDefinition(OneBot, new { bot = bot.Value }, cancellationToken: cancellation));
        }
        if (row.Tenant == Guid.Empty)
            return null;
        await using var transaction = await database.BeginAsync(new TenantId(row.Tenant), cancellation);
        var staff = await transaction.QueryAsync<StaffMember>(ItsStaff, null, cancellation);
        var info = new BotInfo(bot, transaction.Tenant, row.Username, row.Generation, row.AdminsChat, staff.ToDictionary(s => s.Person));
        return new Entry(info, OpenToken(bot, row.Token), clock.GetTimestamp());
    }

    private string OpenToken(BotId bot, byte[] token)
    {
        try
        {
            return box.Open(token);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new InvalidOperationException($"The token of bot {bot} was encrypted with another master key. Restore Support__Security__MasterKey, or set the bot's token anew.", e);
        }
    }

    private sealed record Entry(BotInfo Info, string Token, long ReadAt);
}
