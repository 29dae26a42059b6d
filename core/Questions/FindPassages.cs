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
public sealed class FindPassages(IKnowledgeIndex index, RerankPassages rerank, AnswerCache cache, IOptions<GenerationOptions> options)
{
    /// <summary>A model, not only words, says which passage is right.</summary>
    public bool AreJudged => rerank.IsThere;

    /// <param name="use">Null: no model is asked.</param>
    public async Task<Retrieved> ForCustomersAsync(TenantId tenant, string question, long atLeast, Placeholders hidden, ModelUse? use, CancellationToken cancellation)
    {
        var found = await index.SearchAsync(tenant, Audience.Customers, new AskedQuestion(question) { Use = use }, atLeast, cancellation);
        return use is null || InjectionSigns.Of(question).IsAttempt ? found : await JudgeAsync(question, found, hidden, use, cancellation);
    }

    /// <summary>The same for an answer: what was written to the same question before is at hand, and its passages need no judging again.</summary>
    public async Task<Retrieved> ForAnswerAsync(TenantId tenant, string question, string language, long atLeast, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        var found = await index.SearchAsync(tenant, Audience.Customers, new AskedQuestion(question) { Use = use }, atLeast, cancellation);
        if (found is not { Passages.Count: > 0, ContentWords: > 0 })
            return found;
        return await cache.FindAsync(tenant, question, language, found, cancellation) is { } kept
            ? WithVerdicts(found.InOrder(kept.Ranking), kept.Verdicts) with { Kept = kept }
            : await JudgeAsync(question, found, hidden, use, cancellation);
    }

    private async Task<Retrieved> JudgeAsync(string question, Retrieved found, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        if (!rerank.IsThere || !IsWorthJudging(found))
            return found;
        return await rerank.RerankAsync(question, found, hidden, use, cancellation) is { } reranked ? Judged(found, reranked) : found with { LacksVerdicts = true };
    }

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
}
