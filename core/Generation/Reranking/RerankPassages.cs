using Microsoft.Extensions.Logging;
using Support.Generation.Guards;
using Support.Models;
using Support.Retrieval;

namespace Support.Generation.Reranking;

/// <summary>
/// Puts the passages into a better order: by the chat model of <see cref="ModelRole.Rerank"/>, which also says of each whether it states the answer and shows where,
/// or by a rerank endpoint, which only orders. Ten candidates at most, and of each the sentences that bear on the question.
/// </summary>
public sealed partial class RerankPassages(IModels models, ILogger<RerankPassages> logger)
{
    private const int MostCandidates = 10;

    public bool IsThere => models.HasRerankEndpoint || models.Has(ModelRole.Rerank);

    /// <returns>Null when the order stays, because no model says otherwise.</returns>
    public async Task<Reranked?> RerankAsync(string question, Retrieved found, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        var candidates = found.Passages.Take(MostCandidates).ToList();
        if (!IsThere || candidates.Count == 0)
            return null;
        try
        {
            var asked = new AskedStems(question, found.Thesaurus);
            return models.Has(ModelRole.Rerank)
                ? await JudgeAsync(question, candidates, asked, hidden, use, cancellation)
                : await OrderAsync(question, candidates, asked, hidden, use, cancellation);
        }
        catch (ModelException e)
        {
            Log.Failed(logger, e.Failure, e.Message);
            return null;
        }
    }

    private async Task<Reranked> JudgeAsync(string question, List<Passage> candidates, AskedStems asked, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        var prompt = PromptPassages.Of(question, candidates, RerankPrompt.TokensOf, asked, hidden, note: "");
        var reply = await StructuredChat.AskAsync(models, ModelRole.Rerank, use, RerankPrompt.System, prompt.Text, RerankPrompt.Form, cancellation);
        var verdicts = new List<PassageVerdict>();
        foreach (var ranked in reply.Ranking)
            if (ranked.Passage >= 1 && ranked.Passage <= candidates.Count && candidates[ranked.Passage - 1] is var passage && verdicts.TrueForAll(one => one.ChunkId != passage.ChunkId))
                verdicts.Add(Verdict(ranked, passage, hidden));
        // What states the answer comes before what does not, whatever order was given.
        var order = verdicts.OrderByDescending(one => one.Same).ThenByDescending(one => one.States).Select(one => one.ChunkId);
        return new Reranked([.. order.Concat(candidates.Select(one => one.ChunkId)).Distinct()], verdicts, IsOrderOnly: false);
    }

    private static PassageVerdict Verdict(RankedPassage ranked, Passage passage, Placeholders hidden)
    {
        var quote = hidden.Restore(ranked.Quote).Text.Trim();
        // A model may begin with the title, under which the words stand. The title alone says nothing.
        var isShown = QuotedWords.StandIn(quote, passage.Text) || (QuotedWords.StandIn(quote, passage.Title + "\n" + passage.Text) && !QuotedWords.StandIn(quote, passage.Title));
        var states = !isShown ? States.No : ranked.States switch { "yes" => States.Yes, "part" => States.Part, _ => States.No };
        return new PassageVerdict(passage.ChunkId, states, ranked is { SameEntity: true, SameCondition: true, SamePolarity: true }, isShown ? quote : "");
    }

    private async Task<Reranked> OrderAsync(string question, List<Passage> candidates, AskedStems asked, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        var texts = candidates.ConvertAll(passage => (hidden.Mask(Unaddressed.Of(passage.Title)) + "\n" + PromptExcerpt.Of(asked, passage.Title, hidden.Mask(Unaddressed.Of(passage.Text)), RerankPrompt.TokensOf(0))).Trim());
        var scores = await use.CallAsync(token => models.RerankAsync(hidden.Mask(question), texts, use, token), cancellation);
        var order = Enumerable.Range(0, candidates.Count).OrderByDescending(i => scores[i]).ThenBy(i => i);
        return new Reranked([.. order.Select(i => candidates[i].ChunkId)], [], IsOrderOnly: true);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The passages stay in ranking's order, for reranking failed ({Failure}): {Problem}")]
        public static partial void Failed(ILogger logger, ModelFailure failure, string problem);
    }
}

/// <param name="Order">Chunks, best first.</param>
/// <param name="Verdicts">In the order the model gave them.</param>
/// <param name="IsOrderOnly">An endpoint gives no verdicts.</param>
public sealed record Reranked(IReadOnlyList<long> Order, IReadOnlyList<PassageVerdict> Verdicts, bool IsOrderOnly);
