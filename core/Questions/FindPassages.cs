using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Generation;
using Support.Generation.Guards;
using Support.Generation.Reranking;
using Support.Knowledge;
using Support.Models;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Questions;

/// <summary>The passages for a question as ranking and the reranking model see them together, and the confidence that comes of both: for answers and for labels alike.</summary>
public sealed class FindPassages(IKnowledgeIndex index, RerankPassages rerank, IOptions<GenerationOptions> options)
{
    /// <summary>A model, not only words, says which passage is right.</summary>
    public bool AreJudged => rerank.IsThere;

    /// <param name="use">Null: no model is asked.</param>
    public async Task<Retrieved> ForCustomersAsync(TenantId tenant, string question, long atLeast, Placeholders hidden, ModelUse? use, CancellationToken cancellation)
    {
        var found = await index.SearchAsync(tenant, Audience.Customers, question, atLeast, cancellation);
        if (use is null || !rerank.IsThere || !IsWorthJudging(question, found))
            return found;
        return await rerank.RerankAsync(question, found, hidden, use, cancellation) is { } reranked ? Judged(found, reranked) : found with { LacksVerdicts = true };
    }

    /// <summary>Neither what is clear without a model, nor what nothing could make an answer of, nor a text that speaks to the model.</summary>
    private bool IsWorthJudging(string question, Retrieved found) =>
        found is { Passages.Count: > 0, ContentWords: > 0, Confidence: > 0 } && found.Confidence < options.Value.ClearFrom && !InjectionSigns.Of(question).IsAttempt;

    private static Retrieved Judged(Retrieved found, Reranked reranked)
    {
        var ordered = found.InOrder(reranked.Order);
        if (reranked.IsOrderOnly)
            return ordered;
        var titles = ordered.Passages.ToDictionary(passage => passage.ChunkId, passage => passage.Title);
        var values = VerdictFeatures.Of(reranked.Verdicts, ordered.Passages[0].ChunkId, chunk => titles.GetValueOrDefault(chunk, ""));
        return ordered with
        {
            Confidence = VerdictFeatures.Confidence(ordered.Confidence, values),
            Features = ordered.Features.Concat(values).ToDictionary(),
            Shares = ordered.Shares.Concat(VerdictFeatures.Shares(values)).ToDictionary(),
            Helpful = reranked.Verdicts.Where(one => one.States != States.No).Select(one => one.ChunkId).ToHashSet(),
        };
    }
}
