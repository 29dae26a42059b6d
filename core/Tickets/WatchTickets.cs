using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>
/// No waiting customer is forgotten: the admins are reminded, ever more rarely, of who waits; the customer is told once that
/// the question has not got lost. What is said is marked in the transaction that puts it into the outbox, under the tickets'
/// locks, so that processes that watch at the same time say it once.
/// </summary>
public sealed partial class WatchTickets(DeskDatabase database, BotDirectory bots, IWorkQueue queue, IOptions<TicketOptions> options, TimeProvider clock, ILogger<WatchTickets> logger)
{
    private const string ToWatch = "select tenant, bot from tickets_to_watch(@first, @tell, @now)";

    public async Task RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Watched> all;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
        {
            var at = new { first = options.Value.RemindAfter, tell = options.Value.TellCustomerAfter, now = clock.GetUtcNow() };
            all = (await connection.QueryAsync<Watched>(new CommandDefinition(ToWatch, at, cancellationToken: cancellation))).AsList();
        }
        foreach (var one in all)
        {
            try
            {
                await WatchAsync(new TenantId(one.Tenant), new BotId(one.Bot), cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && !DeskDatabase.IsAway(e))
            {
                // One company's tickets must not keep the others' waiting.
                Log.Failed(logger, one.Tenant, one.Bot, e);
            }
        }
    }

    private async Task WatchAsync(TenantId tenant, BotId id, CancellationToken cancellation)
    {
        if (await bots.FindAsync(id, cancellation) is not { } bot || bot.Tenant != tenant)
            return;
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        var now = clock.GetUtcNow();
        // Where nobody can be reached nobody is reminded, and the customer was promised nobody.
        if (await CardsPlace.FindAsync(transaction, bot, cancellation) is not { } place)
            return;
        var scope = new UpdateScope(transaction, bot, now);
        var reminded = await RemindAdmins.InsideAsync(scope, place, options.Value.RemindAfter, cancellation);
        var told = await TellWaiting.InsideAsync(scope, options.Value.TellCustomerAfter, cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        if (reminded + told > 0)
            Log.Said(logger, id, reminded, told);
    }

    private sealed record Watched(Guid Tenant, long Bot);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Bot {Bot}: the admins are reminded of {Tickets} tickets, {Customers} customers are told that they are not forgotten.")]
        public static partial void Said(ILogger logger, BotId bot, int tickets, int customers);

        [LoggerMessage(2, LogLevel.Error, "The tickets of bot {Bot} (tenant {Tenant}) could not be watched; it is tried again with the next round.")]
        public static partial void Failed(ILogger logger, Guid tenant, long bot, Exception e);
    }
}
