using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Database;
using Support.Generation.Guards;
using Support.Jobs;
using Support.Knowledge;
using Support.Models;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Labels;

/// <summary>
/// After labels came or went, or documents changed, the labelled questions are asked again of what the index holds now, and fit and certificate
/// are made anew. A changed certificate is told to the admins once, when labelling has come to rest. Until it is made anew the old one holds:
/// a minute or two, on Azure five, longer where a model judges. Of several processes one does it for a company, under a lease; the others pass over that company. A company with
/// many labels, or a slow model, takes several rounds: what was asked stays asked, and the others have their turn in between.
/// </summary>
public sealed partial class KeepPromises(DeskDatabase database, WorkerInstance instance, IKnowledgeIndex index, FindPassages passages, BotDirectory bots, IWorkQueue queue, IOptions<ConfidenceOptions> options, TimeProvider clock, ILogger<KeepPromises> logger)
{
    /// <summary>The lease is held longer after so many: even at a second each they take less than <see cref="Lease.Length"/>.</summary>
    private const int AtOnce = 50;

    /// <summary>Where a model judges the passages as well.</summary>
    private const int AtOnceWithModel = 3;

    /// <summary>For a round, shared by the companies that wait. A function may run for five minutes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>For one company in a round, however many wait.</summary>
    private static readonly TimeSpan LeastTurn = TimeSpan.FromSeconds(20);

    /// <summary>While somebody labels, the state may change with each press.</summary>
    private static readonly TimeSpan AtRest = TimeSpan.FromMinutes(2);

    // Whoever was not reached in this round, by this process or another, may be among the first in the next.
    private const string ToLookAt =
        "select id from tenant where labels_change is not null and (labels_change < knowledge_change or labels_model is distinct from @mark) order by random()";

    public async Task RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Guid> tenants;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            tenants = (await connection.QueryAsync<Guid>(new CommandDefinition(ToLookAt, new { mark = ModelMark.Current }, cancellationToken: cancellation))).AsList();
        var share = Longest / Math.Max(1, tenants.Count);
        var turn = share < LeastTurn ? LeastTurn : share;
        var begun = clock.GetTimestamp();
        foreach (var tenant in tenants)
        {
            if (clock.GetElapsedTime(begun) >= Longest)
                return;
            try
            {
                await KeepAsync(new TenantId(tenant), turn, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && !DeskDatabase.IsAway(e))
            {
                // One company's promise must not keep the others' waiting.
                Log.Failed(logger, tenant, e);
            }
        }
    }

    private async Task KeepAsync(TenantId tenant, TimeSpan turn, CancellationToken cancellation)
    {
        var lease = Lease.On($"promise:{tenant}");
        try
        {
            await KeepAsync(tenant, lease, turn, cancellation);
        }
        catch
        {
            // Or the next round would pass over it.
            await lease.TryReleaseAsync(database.Light);
            throw;
        }
    }

    private async Task KeepAsync(TenantId tenant, Lease lease, TimeSpan turn, CancellationToken cancellation)
    {
        if (await AskAgainAsync(tenant, lease, turn, cancellation) is not { } asked)
            return;
        if (asked.Left > 0)
        {
            await lease.TryReleaseAsync(database.Light);
            Log.GoesOn(logger, tenant, asked.Now, asked.Left);
            return;
        }
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Release(), cancellation);
        if (transaction is null)
            return;
        var now = clock.GetUtcNow();
        var locked = await Promise.LockAsync(transaction, cancellation);
        var before = await Promise.ReadAsync(transaction, cancellation);
        // Asked anew, above, with this model.
        var after = await Promise.RenewAsync(transaction, before, locked with { IsOfOtherModel = false }, told: false, now, cancellation);
        if (after.State != after.Told && await IsAtRestAsync(transaction, now, cancellation) && await TellAsync(transaction, after, now, cancellation))
            await Promise.WriteAsync(transaction, after with { Told = after.State }, cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        if (asked.Now > 0 || after.State != before.State)
            Log.Kept(logger, tenant, asked.Now, after.State);
    }

    /// <summary>A promise that the owner does not rely on is kept up to date in silence.</summary>
    private async Task<bool> TellAsync(TenantTransaction transaction, TenantConfidence confidence, DateTimeOffset now, CancellationToken cancellation) =>
        confidence.Mode != PromiseMode.Promise || await TellPromise.InsideAsync(transaction, bots, confidence, options.Value, now, cancellation);

    private const string Now = "select knowledge_change as change, labels_model is distinct from @mark as is_of_other_model from tenant where id = @tenant";

    private const string Update =
        """
        update label l set features = a.features::jsonb, confidence = a.confidence, knowledge_change = @change, is_first = a.is_first, asked_with = @mark
        from unnest(@ids, @features, @confidences, @first) as a (id, features, confidence, is_first) where l.id = a.id
        """;

    /// <summary>Some at a time, so that an interruption costs little.</summary>
    /// <returns>How many were asked now and how many are left; null when another process has the lease.</returns>
    private async Task<(int Now, int Left)?> AskAgainAsync(TenantId tenant, Lease lease, TimeSpan turn, CancellationToken cancellation)
    {
        Knowledge known;
        IReadOnlyList<LabelRow> behind;
        await using (var transaction = await TenantTransaction.BeginAfterAsync(database.Light, tenant, lease.Take(instance), cancellation))
        {
            if (transaction is null)
                return null;
            known = await transaction.FirstAsync<Knowledge>(Now, new { tenant = tenant.Value, mark = ModelMark.Current }, cancellation) ?? new Knowledge();
            behind = [.. (await LabelledQuestions.ReadAsync(transaction, cancellation)).Rows.Where(row => row.IsBehind(known.Change, known.IsOfOtherModel))
                // Whichever waits longest: where documents change more often than all can be asked, each has its turn.
                .OrderBy(row => row.KnowledgeChange)];
            await transaction.CommitAsync(cancellation);
        }
        if (behind.Count == 0)
            return (0, 0);
        await index.ReachAsync(tenant, known.Change, cancellation);
        var (begun, asked) = (clock.GetTimestamp(), 0);
        foreach (var some in behind.Chunk(passages.AreJudged ? AtOnceWithModel : AtOnce))
        {
            var found = new List<Found>(some.Length);
            var lacking = 0;
            foreach (var label in some)
            {
                var use = new ModelUse(tenant);
                var now = await passages.ForCustomersAsync(tenant, label.Question, known.Change, new Placeholders(), use, cancellation);
                lacking += now.LacksVerdicts && !IsNeverJudged(label.Question, use) ? 1 : 0;
                found.Add(Found.Of(label, now));
            }
            // A certificate is of ranking and verdicts together: it waits until the model is back, or has budget again.
            if (lacking == some.Length)
                throw new ModelException(ModelFailure.Unavailable, "The reranking model gives no verdicts, so labelled questions wait to be asked again.");
            await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Extend(), cancellation);
            if (transaction is null)
                return null;
            // The tenant's row before its labels, as whoever labels takes them.
            await Promise.LockAsync(transaction, cancellation);
            // Or labels that were asked with another model would be taken for this one's, should it come back before all are asked.
            await LabelStore.MarkChangedAsync(transaction, cancellation);
            await transaction.ExecuteAsync(Update, new
            {
                change = known.Change,
                mark = ModelMark.Current,
                ids = found.Select(f => f.Label).ToArray(),
                features = found.Select(f => f.Features).ToArray(),
                confidences = found.Select(f => f.Confidence).ToArray(),
                first = found.Select(f => f.IsFirst).ToArray(),
            }, cancellation);
            await transaction.CommitAsync(cancellation);
            asked += some.Length;
            if (asked < behind.Count && clock.GetElapsedTime(begun) >= turn)
                break;
        }
        return (asked, behind.Count - asked);
    }

    /// <summary>No waiting helps: the question speaks to the model, or the service refuses what it says.</summary>
    private static bool IsNeverJudged(string question, ModelUse use) =>
        InjectionSigns.Of(question).IsAttempt || use.Calls.LastOrDefault(call => call.Role == ModelRole.Rerank)?.Failure is ModelFailure.Filtered or ModelFailure.Refused;

    private const string Newest = $"select max(at) from (select at from label where tenant_id = @tenant and source = '{LabelSources.Round}' order by id desc limit 100) newest";

    private static async Task<bool> IsAtRestAsync(TenantTransaction transaction, DateTimeOffset now, CancellationToken cancellation) =>
        await transaction.FirstAsync<DateTime?>(Newest, new { tenant = transaction.Tenant.Value }, cancellation) is not { } at || at <= (now - AtRest).UtcDateTime;

    private sealed record Knowledge
    {
        public long Change { get; init; }
        public bool IsOfOtherModel { get; init; }
    }

    private sealed record Found(long Label, string Features, double Confidence, bool IsFirst)
    {
        public static Found Of(LabelRow label, Retrieved found) => new(
            label.Id, LabelStore.Write(found.Features), found.Confidence,
            // A single one that the model would not judge says nothing, until the knowledge changes.
            !found.LacksVerdicts && found.Passages is [var first, ..] && PassageHash.Of(first.Title, first.Text).AsSpan().SequenceEqual(label.PassageHash));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Tenant {Tenant}: {Questions} labelled questions were asked again; the promise is {State}.")]
        public static partial void Kept(ILogger logger, TenantId tenant, int questions, CertificateState state);

        [LoggerMessage(3, LogLevel.Information, "Tenant {Tenant}: {Questions} labelled questions were asked again, {Left} are left for the next round.")]
        public static partial void GoesOn(ILogger logger, TenantId tenant, int questions, int left);

        [LoggerMessage(2, LogLevel.Error, "The promise of tenant {Tenant} could not be kept up to date; it is tried again with the next round.")]
        public static partial void Failed(ILogger logger, Guid tenant, Exception e);
    }
}
