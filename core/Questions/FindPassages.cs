using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Generation;
using Support.Generation.Caching;
using Support.Generation.Guards;
using Support.Generation.Reranking;
using Support.Knowledge;
using Support.Models;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Questions;

/// <summary>The passages for a question as ranking and the reranking model see them together, and the confidence that comes of both: for answers and for labels alike.</summary>
public sealed partial class FindPassages(IKnowledgeIndex index, RerankPassages rerank, AnswerCache cache, IOptions<GenerationOptions> options, TimeProvider clock, ILogger<FindPassages> logger)
{
    /// <summary>A model, not only words, says which passage is right.</summary>
    public bool AreJudged => rerank.IsThere;

    public async Task<Retrieved> ForCustomersAsync(TenantId tenant, string question, long atLeast, Placeholders hidden, ModelUse use, CancellationToken cancellation) =>
        await UnjudgedAsync(tenant, question, atLeast, use, cancellation) is var found && rerank.IsThere && !InjectionSigns.Of(question).IsAttempt
            ? await JudgeAsync(question, found with { LacksVerdicts = false }, hidden, use, cancellation)
            : found;

    /// <summary>As ranking alone sees them.</summary>
    /// <param name="account">For embedding the question; null: one of its own.</param>
    public async Task<Retrieved> UnjudgedAsync(TenantId tenant, string question, long atLeast, ModelUse? account, CancellationToken cancellation)
    {
        var found = await index.SearchAsync(tenant, Audience.Customers, new AskedQuestion(question) { Use = account }, atLeast, cancellation);
        return IsWorthJudging(found) ? found with { LacksVerdicts = ModelMark.HasVerdicts } : found;
    }

    /// <summary>The same for an answer: what was written to the same question before is at hand, and its passages need no judging again.</summary>
    /// <param name="question">No attempt to speak to the model: see <see cref="InjectionSigns"/>.</param>
    public async Task<Retrieved> ForAnswerAsync(TenantId tenant, string question, string language, long atLeast, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        var found = await index.SearchAsync(tenant, Audience.Customers, new AskedQuestion(question) { Use = use }, atLeast, cancellation);
        if (found is not { Passages.Count: > 0, ContentWords: > 0 })
            return found;
        return await KeptAsync(tenant, question, language, found, cancellation) is { } kept
            ? WithVerdicts(found.InOrder(kept.Ranking), kept.Verdicts) with { Kept = kept }
            : await JudgeAsync(question, found, hidden, use, cancellation);
    }

    /// <summary>Not where ranking finds something else first now, or where what was judged then is not; and trouble with what is kept is no trouble with the question.</summary>
    private async Task<KeptAnswer?> KeptAsync(TenantId tenant, string question, string language, Retrieved found, CancellationToken cancellation)
    {
        try
        {
            var kept = await cache.FindAsync(tenant, question, language, found, cancellation);
            var isJudged = kept?.Verdicts.Count > 0 || !ModelMark.HasVerdicts || !IsWorthJudging(found);
            return kept is not null && isJudged && kept.Ranking.Contains(found.Passages[0].ChunkId) ? kept : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotFound(logger, tenant, e);
            return null;
        }
    }

    private async Task<Retrieved> JudgeAsync(string question, Retrieved found, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        if (!IsWorthJudging(found))
            return found;
        if (!rerank.IsThere)
            return found with { LacksVerdicts = ModelMark.HasVerdicts };
        if (use.Patience.CanBeCanceled)
            return await RerankAsync(question, found, hidden, use, cancellation);
        using var patience = new CancellationTokenSource(options.Value.Patience, clock);
        use.Patience = patience.Token;
        return await RerankAsync(question, found, hidden, use, cancellation);
    }

    private async Task<Retrieved> RerankAsync(string question, Retrieved found, Placeholders hidden, ModelUse use, CancellationToken cancellation) =>
        await rerank.RerankAsync(question, found, hidden, use, cancellation) is { } reranked ? Judged(found, reranked) : found with { LacksVerdicts = true };

    /// <summary>Neither what is clear without a model, nor what nothing could make an answer of.</summary>
    private bool IsWorthJudging(Retrieved found) =>
        found is { Passages.Count: > 0, ContentWords: > 0, Confidence: > 0 } && found.Confidence < options.Value.ClearFrom;

    private static Retrieved Judged(Retrieved found, Reranked reranked)
    {
        var ordered = found.InOrder(reranked.Order);
        if (reranked.IsOrderOnly)
            return ordered;
        var titles = ordered.Passages.ToDictionary(passage => passage.ChunkId, passage => passage.Title);
        var values = VerdictFeatures.Of(reranked.Verdicts, ordered.Passages[0].ChunkId, chunk => titles.GetValueOrDefault(chunk, ""));
        return WithVerdicts(ordered, values) with { Helpful = reranked.Verdicts.Where(one => one.States != States.No).Select(one => one.ChunkId).ToHashSet() };
    }

    private static Retrieved WithVerdicts(Retrieved found, IReadOnlyDictionary<string, double> values) => values.Count == 0 ? found : found with
    {
        Confidence = VerdictFeatures.Confidence(found.Confidence, values),
        Features = found.Features.Concat(values).ToDictionary(),
        Shares = found.Shares.Concat(VerdictFeatures.Shares(values)).ToDictionary(),
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Answers kept for tenant {Tenant} could not be looked through; the question is answered anew.")]
        public static partial void NotFound(ILogger logger, TenantId tenant, Exception e);
    }
}
