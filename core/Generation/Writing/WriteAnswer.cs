using Microsoft.Extensions.Logging;
using Support.Generation.Grounding;
using Support.Generation.Guards;
using Support.Models;
using Support.Retrieval;
using Support.Text;

namespace Support.Generation.Writing;

/// <summary>
/// An answer written by a model from the passages that say something of it, every sentence of which is shown to stand in what it cites. What breaks a rule is written
/// once more; what breaks one again is for a person.
/// </summary>
public sealed partial class WriteAnswer(IModels models, CheckUnclear check, ILogger<WriteAnswer> logger)
{
    private static readonly PromptLeak Prompt = new(AnswerPrompt.System);

    public bool IsThere => models.Has(ModelRole.Answer);

    /// <param name="question">No attempt to speak to the model: see <see cref="InjectionSigns"/>.</param>
    /// <param name="show">Called, while the answer is written, with the sentences that are shown to stand in what they cite; null where nobody watches.</param>
    public async Task<Written> AnswerAsync(string question, Retrieved found, Placeholders hidden, ModelUse use, Action<string>? show, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(question, Chosen(found), found, hidden, use, show, cancellation);
        }
        catch (ModelException e)
        {
            Log.Failed(logger, e.Failure, e.Message);
            return new Written.Failed();
        }
    }

    private async Task<Written> WriteAsync(string question, IReadOnlyList<Passage> passages, Retrieved found, Placeholders hidden, ModelUse use, Action<string>? show, CancellationToken cancellation)
    {
        var asked = new AskedStems(question, found.Thesaurus);
        var given = passages.Select((passage, i) => new NumberedPassage(i + 1, Unaddressed.Of(passage.Title), Unaddressed.Of(passage.Text)) { Link = passage.Link }).ToList();
        var note = "";
        var sentences = new List<WrittenSentence>();
        for (var first = true; ; first = false)
        {
            var prompt = PromptPassages.Of(question, passages, AnswerPrompt.TokensOf, asked, hidden, note);
            var unwritten = new GuardedAnswer(question, "", [], given, hidden, Prompt, [prompt.Fence.Nonce], found.Thesaurus);
            // Who has seen a beginning is not shown another one.
            var reply = show is not null && first
                ? await StructuredChat.HearAsync(models, ModelRole.Answer, use, AnswerPrompt.System, prompt.Text, AnswerPrompt.Form, new AnswerSoFar(unwritten, show).Heard, cancellation)
                : await StructuredChat.AskAsync(models, ModelRole.Answer, use, AnswerPrompt.System, prompt.Text, AnswerPrompt.Form, cancellation);
            if (!reply.Answerable)
                return new Written.NotAnswerable(reply.Missing) { Sentences = sentences };
            var verdict = AnswerGuard.Check(unwritten with { Text = reply.Answer, Citations = reply.Citations });
            var wrong = WhatIsWrong(verdict);
            var shown = wrong.Count == 0 ? await ShownAsync(verdict, given, found.Thesaurus, hidden, use, cancellation) : null;
            sentences.AddRange(Judged(verdict, shown));
            if (shown?.All(isShown => isShown) == true)
                return Answered(verdict, passages) with { Sentences = sentences };
            if (wrong.Count == 0)
                wrong.Add(nameof(GuardReason.Unsupported));
            if (!first)
                return new Written.Refused(string.Join(", ", wrong)) { Sentences = sentences };
            note = "Your last answer was refused: " + string.Join(" ", wrong.Select(AnswerPrompt.Remedy));
        }
    }

    /// <summary>The first one, and what else the reranking model found to say something; without one what ranking found next.</summary>
    private static List<Passage> Chosen(Retrieved found) =>
    [
        .. found.Passages.Where((passage, i) => i == 0 || found.Helpful is null || found.Helpful.Contains(passage.ChunkId)).Take(AnswerPrompt.MostPassages),
    ];

    private static List<string> WhatIsWrong(AnswerVerdict verdict) =>
        verdict.Sentences.Count == 0 && !verdict.IsRefused ? [nameof(GuardReason.Unsupported)] : [.. verdict.Findings.Select(finding => finding.Reason.ToString()).Distinct()];

    /// <summary>Of each sentence that words do not settle, in order, whether a model has shown it.</summary>
    private Task<IReadOnlyList<bool>> ShownAsync(AnswerVerdict verdict, List<NumberedPassage> given, Thesaurus thesaurus, Placeholders hidden, ModelUse use, CancellationToken cancellation) =>
        check.AreSupportedAsync([.. verdict.Unclear], given, thesaurus, hidden, use, cancellation);

    private static IEnumerable<WrittenSentence> Judged(AnswerVerdict verdict, IReadOnlyList<bool>? shown)
    {
        var unclear = 0;
        foreach (var sentence in verdict.Sentences)
            yield return new WrittenSentence(sentence.Verdict, sentence.Verdict == SupportVerdict.Unclear ? shown?[unclear++] : sentence.Verdict == SupportVerdict.Supported);
    }

    /// <summary>What a customer sees cites by number only where there is more than one passage, and those from 1 on.</summary>
    private static Written.Answered Answered(AnswerVerdict verdict, IReadOnlyList<Passage> passages)
    {
        var cited = verdict.Sentences.SelectMany(sentence => sentence.Sentence.Citations).Distinct().ToList();
        var kept = cited.ConvertAll(number => passages[number - 1]);
        return new Written.Answered(cited.Count == 1 ? AnswerSentences.WithoutCitations(verdict.Text) : AnswerSentences.Renumber(verdict.Text, cited), kept);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The answer is given in the passage's own words, for the writing model failed ({Failure}): {Problem}")]
        public static partial void Failed(ILogger logger, ModelFailure failure, string problem);
    }
}
