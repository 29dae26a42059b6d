using System.Text;
using Microsoft.Extensions.Logging;
using Support.Generation.Guards;
using Support.Models;
using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>
/// Asks a model about the sentences that their words alone do not settle. It has to show where it stands: what it quotes must be the
/// passage's own words, or the sentence stays without support. What contradicts a passage by its words is never asked about.
/// </summary>
public sealed partial class CheckUnclear(IModels models, ILogger<CheckUnclear> logger)
{
    private const int MostSentences = 12;
    private const int MostPassage = 4_000;
    private const int TokensOfPassage = 300;
    private const int MostSentence = 400;

    /// <summary>Where a rerank endpoint orders the passages, the writing model itself: what it quotes is looked at all the same.</summary>
    private ModelRole? Judge => models.Has(ModelRole.Rerank) ? ModelRole.Rerank : models.Has(ModelRole.Answer) ? ModelRole.Answer : null;

    /// <returns>Whether each is supported, in their order. All are not when no model can say.</returns>
    public async Task<IReadOnlyList<bool>> AreSupportedAsync(
        IReadOnlyList<SupportedSentence> unclear, IReadOnlyList<NumberedPassage> passages, Thesaurus thesaurus, Placeholders hidden, ModelUse use, CancellationToken cancellation)
    {
        var supported = new bool[unclear.Count];
        if (unclear.Count == 0 || unclear.Count > MostSentences || Judge is not { } judge)
            return supported;
        try
        {
            var reply = await StructuredChat.AskAsync(models, judge, use, SupportPrompt.System, Prompt(unclear, passages, thesaurus, hidden), SupportPrompt.Form, cancellation);
            foreach (var one in reply.Sentences)
                if (one.Supported && one.Sentence >= 1 && one.Sentence <= unclear.Count)
                    supported[one.Sentence - 1] |= IsShown(unclear[one.Sentence - 1], hidden.Restore(one.Quote).Text, passages);
        }
        catch (ModelException e)
        {
            Log.Failed(logger, e.Failure, e.Message);
        }
        return supported;
    }

    private static string Prompt(IReadOnlyList<SupportedSentence> unclear, IReadOnlyList<NumberedPassage> passages, Thesaurus thesaurus, Placeholders hidden)
    {
        var fence = PromptFence.Create();
        var prompt = new StringBuilder();
        foreach (var passage in passages)
        {
            var citing = unclear.Where(one => one.Sentence.Citations.Contains(passage.Number)).Select(one => one.Sentence.Text).ToList();
            if (citing.Count == 0)
                continue;
            var excerpt = PromptExcerpt.Of(new AskedStems(string.Join('\n', citing), thesaurus), passage.Title, hidden.Mask(passage.Text), TokensOfPassage);
            prompt.Append(fence.Quote($"passage {passage.Number}", QuotedData.Clean(hidden.Mask(passage.Title) + "\n" + excerpt, MostPassage))).Append('\n');
        }
        for (var i = 0; i < unclear.Count; i++)
            prompt.Append(fence.Quote($"sentence {i + 1}, cites {string.Join(", ", unclear[i].Sentence.Citations)}", QuotedData.Clean(hidden.Mask(unclear[i].Sentence.Text), MostSentence))).Append('\n');
        return prompt.ToString();
    }

    private static bool IsShown(SupportedSentence sentence, string quote, IReadOnlyList<NumberedPassage> passages) =>
        passages.Any(passage => sentence.Sentence.Citations.Contains(passage.Number) && QuotedWords.StandIn(quote, passage.Text) && QuotedWords.Says(quote, sentence.Sentence.Text));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Sentences that words do not settle count as not supported, for the check failed ({Failure}): {Problem}")]
        public static partial void Failed(ILogger logger, ModelFailure failure, string problem);
    }
}
