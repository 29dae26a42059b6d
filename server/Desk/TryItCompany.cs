using Dapper;
using Support.Database;
using Support.Simulation;
using Support.Tenants;

namespace Support.Server.Desk;

/// <summary>
/// The company of the try-it page is a tenant of its own, so that a real bot's customers meet neither its documents nor its
/// people. Desks made before it was one hold it as the owner's: they are put right at the start.
/// </summary>
public sealed partial class TryItCompany(DeskDatabase database, TenantSetup setup, ILogger<TryItCompany> logger)
{
    public const string Name = "try-it";

    private static readonly BotId Bot = new(StartingCompany.Bot.Id);
    private static readonly long[] People = [StartingCompany.Alice.Id, StartingCompany.Oleg.Id, StartingCompany.Eve.Id];

    private const string HomeOfItsBot =
        """
        select t.id, t.name, exists (select from bot other where other.tenant_id = t.id and other.id <> b.id) as is_shared
        from bot b join tenant t on t.id = b.tenant_id where b.id = @bot
        """;

    /// <param name="tenant">The tenant of a single-company set-up.</param>
    /// <param name="bots">Those in the settings.</param>
    public async Task SetApartAsync(string tenant, IReadOnlySet<BotId> bots, CancellationToken cancellation)
    {
        Home? home;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            home = await connection.QuerySingleOrDefaultAsync<Home>(new CommandDefinition(HomeOfItsBot, new { bot = Bot.Value }, cancellationToken: cancellation));
        if (home is null)
            return;
        if (tenant != Name && bots.Contains(Bot))
        {
            // Whoever runs the simulated bot for a company of another name means it.
            if (home.Name == Name)
                await LetGoAsync(home.Id, cancellation);
            return;
        }
        if (home.Name == Name)
            return;
        if (home.IsShared || !await RenameAsync(home.Id, cancellation))
            await MoveOutAsync(new TenantId(home.Id), home.Name, cancellation);
    }

    // Only as it was seen: another process that starts at the same time may have let it go and set it up already.
    private async Task LetGoAsync(Guid from, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("delete from bot where id = @bot and tenant_id = @from", new { bot = Bot.Value, from }, cancellationToken: cancellation));
    }

    private const string Rename = "update tenant set name = @name where id = @id and not exists (select from tenant where name = @name)";

    private async Task<bool> RenameAsync(Guid id, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(new CommandDefinition(Rename, new { id, name = Name }, cancellationToken: cancellation)) > 0;
    }

    private const string MoveBot = "update bot set tenant_id = @home, admins_chat_id = null where id = @bot";
    private const string TakeRights = "update person set is_owner = false, is_admin = false, is_editor = false where id = any(@people)";

    // A real bot has chats in this company already: the simulated bot goes, and its people lose their rights.
    private async Task MoveOutAsync(TenantId from, string name, CancellationToken cancellation)
    {
        var home = await setup.EnsureTenantAsync(Name, cancellation);
        await using (var transaction = await database.BeginAsync(from, cancellation))
        {
            await transaction.ExecuteAsync(TakeRights, new { people = People }, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(MoveBot, new { home = home.Value, bot = Bot.Value }, cancellationToken: cancellation));
        Log.MovedOut(logger, name);
    }

    private sealed record Home(Guid Id, string Name, bool IsShared);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The simulated bot and its people belong to company {Name} no more. Documents that were tried out there still do: /docs lists and removes them.")]
        public static partial void MovedOut(ILogger logger, string name);
    }
}
