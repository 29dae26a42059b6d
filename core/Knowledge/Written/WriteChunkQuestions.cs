using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Database;
using Support.Generation.Asking;
using Support.Jobs;
using Support.Models;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Knowledge.Written;

/// <summary>
/// Sees to it that every published chunk has the questions that the model set for it writes. What is missing is found by asking PostgreSQL, so there is no message to lose: a round that dies has
/// kept what it had stored, and the next one goes on. Publishing waits for none of it. Of several processes one does it for a company, under a lease; the others pass over that company.
/// </summary>
public sealed partial class WriteChunkQuestions(
    DeskDatabase database, WorkerInstance instance, WriteQuestions write, EstimateQuestions estimate, IKnowledgeIndex index, IOptions<RetrievalOptions> retrieval, TimeProvider clock, ILogger<WriteChunkQuestions> logger)
{
    /// <summary>A function may run for some minutes; what is left over is for the next round.</summary>
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(4);

    /// <summary>Calls side by side, stored together. A process that dies loses so many.</summary>
    private const int AtOnce = 4;

    // Texts that no longer stand anywhere are looked for once a day where nothing else leads there.
    private const string ToLookAt =
        """
        select id from tenant where knowledge_change > 0
            and (questions_change is distinct from knowledge_change or questions_model is distinct from @model or questions_at < @yesterday)
        order by id
        """;

    private readonly ConcurrentDictionary<TenantId, long> _announced = new();

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (write.Model is not { } model || retrieval.Value.QuestionsWeight == 0 || !index.TakesQuestions)
            return;
        var until = clock.GetUtcNow() + LongestRound;
        IReadOnlyList<Guid> tenants;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            tenants = (await connection.QueryAsync<Guid>(new CommandDefinition(ToLookAt, new { model, yesterday = clock.GetUtcNow().AddDays(-1) }, cancellationToken: cancellation))).AsList();
        foreach (var tenant in tenants)
        {
            if (clock.GetUtcNow() >= until)
                return;
            try
            {
                if (!await RunAsync(new TenantId(tenant), model, until, cancellation))
                    return;
            }
            catch (Exception e) when (e is not OperationCanceledException && !DeskDatabase.IsAway(e))
            {
                // One company must not keep the others waiting.
                Log.Failed(logger, tenant, e);
            }
        }
    }

    /// <returns>False when the model gives nothing now, to no company.</returns>
    private async Task<bool> RunAsync(TenantId tenant, string model, DateTimeOffset until, CancellationToken cancellation)
    {
        var lease = Lease.On($"questions:{tenant}");
        if (await QuestionsState.BeginAsync(database, instance, lease, tenant, cancellation) is not { } change)
            return true;
        try
        {
            var ended = await WriteAsync(lease, tenant, model, change, until, cancellation);
            await QuestionsState.FinishAsync(database, lease, tenant, model, ended.Complete, clock.GetUtcNow(), cancellation);
            if (ended.Stored > 0)
                Log.Written(logger, tenant, ended.Stored, model);
            if (ended.Failure is not { } failure)
                return true;
            Log.Waits(logger, tenant, model, failure.Message);
            return failure.Failure == ModelFailure.OverBudget;
        }
        catch
        {
            await lease.TryReleaseAsync(database.Light);
            throw;
        }
    }

    private async Task<Ended> WriteAsync(Lease lease, TenantId tenant, string model, long change, DateTimeOffset until, CancellationToken cancellation)
    {
        var use = new ModelUse(tenant);
        var stored = 0;
        byte[] after = [];
        while (clock.GetUtcNow() < until)
        {
            var texts = await UnwrittenTexts.ReadAsync(database, tenant, model, after, AtOnce, cancellation);
            if (texts.Count == 0 && after.Length == 0)
                return new Ended(stored, change, null);
            if (texts.Count == 0)
            {
                // From the beginning: what was published meanwhile may stand anywhere.
                (after, change) = ([], await QuestionsState.ChangeAsync(database, tenant, cancellation));
                continue;
            }
            await AnnounceAsync(tenant, model, change, cancellation);
            var tries = await Task.WhenAll(texts.Select(text => TryAsync(text, use, cancellation)));
            List<WrittenForText> written = [.. tries.Where(one => one.Written is not null).Select(one => one.Written!)];
            if (written.Count > 0 && !await QuestionsState.StoreAsync(database, lease, tenant, model, written, cancellation))
                return new Ended(stored, null, null);
            stored += written.Count;
            if (tries.Select(one => one.Failure).FirstOrDefault(failure => failure is not null) is { } failure)
                return new Ended(stored, null, failure);
            after = texts[^1].Hash;
        }
        return new Ended(stored, null, null);
    }

    /// <summary>A text that the model refuses, or makes nothing of again and again, costs no other its questions.</summary>
    private async Task<(WrittenForText? Written, ModelException? Failure)> TryAsync(UnwrittenText text, ModelUse use, CancellationToken cancellation)
    {
        try
        {
            return (new WrittenForText(text.Hash, await write.OfAsync(text.Title, text.Text, use, cancellation), 0), null);
        }
        catch (ModelException e) when (e.Failure is ModelFailure.BadAnswer or ModelFailure.Filtered)
        {
            return (new WrittenForText(text.Hash, [], e.Failure == ModelFailure.Filtered ? UnwrittenTexts.MostFailures : 1), null);
        }
        catch (ModelException e)
        {
            return (null, e);
        }
    }

    /// <summary>Once for each state of the documents: what is about to be paid for.</summary>
    private async Task AnnounceAsync(TenantId tenant, string model, long change, CancellationToken cancellation)
    {
        if (_announced.TryGetValue(tenant, out var known) && known == change)
            return;
        _announced[tenant] = change;
        Log.Begins(logger, tenant, model, await estimate.OfAsync(tenant, cancellation));
    }

    /// <param name="Complete">Every text published up to this change was looked at; null when some are left.</param>
    private sealed record Ended(int Stored, long? Complete, ModelException? Failure);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Tenant {Tenant}: questions are written with {Model}: {Estimate}.")]
        public static partial void Begins(ILogger logger, TenantId tenant, string model, QuestionsEstimate estimate);

        [LoggerMessage(2, LogLevel.Information, "Tenant {Tenant}: {Texts} texts have their questions from {Model}.")]
        public static partial void Written(ILogger logger, TenantId tenant, int texts, string model);

        [LoggerMessage(3, LogLevel.Warning, "Tenant {Tenant}: chunks wait for their questions from {Model}: {Why}")]
        public static partial void Waits(ILogger logger, TenantId tenant, string model, string why);

        [LoggerMessage(4, LogLevel.Error, "The questions of tenant {Tenant} could not be written; it is tried again with the next round.")]
        public static partial void Failed(ILogger logger, Guid tenant, Exception e);
    }
}
