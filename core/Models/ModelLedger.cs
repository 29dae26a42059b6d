using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Jobs;
using Support.Tenants;

namespace Support.Models;

/// <summary>
/// Writes calls of models to PostgreSQL, many at once and beside the work: a question never waits for it. What has been taken is written before a
/// clean stop ends; a process that is killed loses a second of it.
/// </summary>
public sealed partial class ModelLedger(DeskDatabase database, BotDirectory bots, IWorkQueue queue, ModelBudget budget, TimeProvider clock, ILogger<ModelLedger> logger) : BackgroundService, IModelLedger
{
    /// <summary>Kept while the database is away; some 20 MB.</summary>
    private const int Most = 100_000;

    private const int AtOnce = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<EndedCall> _waiting = new();
    private readonly ConcurrentDictionary<TenantId, DaySpending> _days = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentQueue<(TenantId Tenant, DateOnly Day)> _toTell = new();
    private int _lost;

    public async ValueTask RefuseIfSpentAsync(TenantId tenant, CancellationToken cancellation)
    {
        if (budget.IsNone)
            return;
        var day = DayOf(tenant, Today);
        if (!day.IsRead)
            await ReadAsync(tenant, day, cancellation);
        if (!day.IsSpent(budget))
            return;
        if (day.IsToBeTold(clock.GetUtcNow()))
            _toTell.Enqueue((tenant, day.Day));
        throw new ModelException(ModelFailure.OverBudget, $"The budget for models of {day.Day:yyyy-MM-dd} (UTC) is spent: Support__Models__DailyBudget, Support__Models__DailyTokens.");
    }

    public void Add(ModelUse use, ModelCall call)
    {
        var ended = new EndedCall(use.Tenant, use.Id, call, clock.GetUtcNow());
        DayOf(use.Tenant, ended.Day).Add(call.Cost, ended.Tokens);
        if (_waiting.Count < Most)
            _waiting.Enqueue(ended);
        else
            Interlocked.Increment(ref _lost);
    }

    /// <summary>Writes what waits now. What cannot be written goes on waiting.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            while (Take() is { Count: > 0 } calls)
                await WriteAsync(calls, cancellation);
            while (_toTell.TryDequeue(out var spent))
                await TellAsync(spent.Tenant, spent.Day, cancellation);
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
                Log.Lost(logger, lost);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is QueueUnavailableException)
        {
            Log.NotWritten(logger, _waiting.Count);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, clock, stoppingToken);
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception e) when (DeskDatabase.IsAway(e) || e is QueueUnavailableException)
            {
                Log.Waits(logger);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, e);
            }
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private DaySpending DayOf(TenantId tenant, DateOnly day) =>
        _days.AddOrUpdate(tenant, _ => new DaySpending(day), (_, known) => known.Day >= day ? known : new DaySpending(day));

    private async Task ReadAsync(TenantId tenant, DaySpending day, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await database.BeginAsync(tenant, cancellation);
            var sum = await ModelCalls.SumAsync(transaction, day.Day, cancellation);
            day.Read(sum.Cost, sum.Tokens);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next call asks again. Without its database the desk answers nobody anyway.
            Log.Waits(logger);
        }
    }

    private List<EndedCall> Take()
    {
        var calls = new List<EndedCall>();
        while (calls.Count < AtOnce && _waiting.TryDequeue(out var call))
            calls.Add(call);
        return calls;
    }

    private async Task WriteAsync(List<EndedCall> calls, CancellationToken cancellation)
    {
        var left = new Queue<IGrouping<(TenantId Tenant, DateOnly Day), EndedCall>>(calls.GroupBy(call => (call.Tenant, call.Day)));
        try
        {
            while (left.TryPeek(out var some))
            {
                var wakeUps = await WriteAsync(some.Key.Tenant, some.Key.Day, [.. some], cancellation);
                left.Dequeue();
                foreach (var wakeUp in wakeUps)
                    await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
            }
        }
        finally
        {
            foreach (var call in left.SelectMany(some => some))
                _waiting.Enqueue(call);
        }
    }

    private async Task<IReadOnlyList<WakeUp>> WriteAsync(TenantId tenant, DateOnly day, IReadOnlyList<EndedCall> calls, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        var sum = await ModelCalls.AddAsync(transaction, day, calls, cancellation);
        if (budget.IsSpent(sum.Cost, sum.Tokens) && !sum.Told && day == Today)
            await TellBudget.InsideAsync(transaction, bots, day, clock.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        if (_days.TryGetValue(tenant, out var spending) && spending.Day == day)
            spending.Written(calls.Sum(call => call.Call.Cost), calls.Sum(call => call.Tokens), sum.Cost, sum.Tokens);
        return transaction.WakeUps;
    }

    /// <summary>Once more, for when the budget was spent nobody could be reached; if they have been told meanwhile, nothing.</summary>
    private async Task TellAsync(TenantId tenant, DateOnly day, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        if (day != Today || (await ModelCalls.SumAsync(transaction, day, cancellation)).Told)
            return;
        await TellBudget.InsideAsync(transaction, bots, day, clock.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The database is away; what models cost is written when it is back.")]
        public static partial void Waits(ILogger logger);

        [LoggerMessage(2, LogLevel.Error, "What models cost could not be written; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception e);

        [LoggerMessage(3, LogLevel.Error, "{Count} calls of models are missing in the database: it was away for too long.")]
        public static partial void Lost(ILogger logger, int count);

        [LoggerMessage(4, LogLevel.Error, "{Count} calls of models were not written: the database is away while the desk stops.")]
        public static partial void NotWritten(ILogger logger, int count);
    }
}
