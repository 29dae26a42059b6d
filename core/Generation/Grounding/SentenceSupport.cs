using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>
/// Whether the cited passages say what a sentence says, by words alone. "Supported" is meant to be sure: every content word, number and name in one place of a passage, with the same polarity
/// and the same conditions. What contradicts or is nowhere is unsupported; all else is unclear, and a model may look.
/// </summary>
public static class SentenceSupport
{
    // Less than this in the best place of all cited passages, and it is about something else.
    private const double Elsewhere = .4;

    // So alike, a negation or an opposite on one side only is a contradiction.
    private const double SaysTheSame = .75;

    // A heading or a lead-in claims nothing but what it is about.
    private const double LeadIn = .6;

    // A sentence of hundreds of words is no sentence, and comparing it takes long.
    private const int MostWords = 150;

    private static readonly HashSet<string> Courtesy = GroundingData.List("courtesy");

    /// <param name="thesaurus">What means the same to the tenant.</param>
    public static IReadOnlyList<SupportedSentence> Check(IReadOnlyList<AnswerSentence> sentences, IReadOnlyList<NumberedPassage> passages, Thesaurus thesaurus)
    {
        var read = passages.ToDictionary(passage => passage.Number, passage => new Lazy<Evidence>(() => Evidence.Of(passage)));
        return [.. sentences.Select(sentence => Check(sentence, [.. sentence.Citations.Where(read.ContainsKey).Select(number => read[number].Value)], thesaurus))];
    }

    private static SupportedSentence Check(AnswerSentence sentence, List<Evidence> cited, Thesaurus thesaurus)
    {
        if (IsCourtesy(sentence.Text))
            return new SupportedSentence(sentence, SupportVerdict.Supported, SupportReason.None, "", null, 1);
        if (cited.Count == 0)
            return new SupportedSentence(sentence, SupportVerdict.Unsupported, SupportReason.NoPassage, "", null, 0);
        var said = ReadText.Of(sentence.Text);
        if (said.Words.Count > MostWords)
            return new SupportedSentence(sentence, SupportVerdict.Unclear, SupportReason.Words, "", null, 0);
        WindowCheck? best = null;
        var bestEvidence = cited[0];
        foreach (var evidence in cited)
            foreach (var window in evidence.Windows)
            {
                var check = new WindowCheck(said, window, thesaurus);
                if (check.Against() == SupportReason.None && said.Content.Any())
                    return Result(sentence, SupportVerdict.Supported, SupportReason.None, evidence, check);
                if (best is null || Rank(check) > Rank(best))
                    (best, bestEvidence) = (check, evidence);
            }
        if (best is null)
            return new SupportedSentence(sentence, SupportVerdict.Unsupported, SupportReason.Words, "", null, 0);
        var (verdict, reason) = Judge(sentence, said, cited, best);
        return Result(sentence, verdict, reason, bestEvidence, best);
    }

    private static (SupportVerdict Verdict, SupportReason Reason) Judge(AnswerSentence sentence, ReadText said, List<Evidence> cited, WindowCheck best)
    {
        if (said.Numbers.Any(number => number.IsCertain && !cited.Exists(evidence => evidence.Whole.Numbers.Any(other => number.Equals(other, strictly: false)))))
            return (SupportVerdict.Unsupported, SupportReason.Number);
        if (best.Missing.Any(word => word.IsName && !cited.Exists(evidence => evidence.Whole.Words.Any(other => other.Stem == word.Stem))))
            return (SupportVerdict.Unsupported, SupportReason.Name);
        if (best.Coverage < Elsewhere && said.Content.Any())
            return (SupportVerdict.Unsupported, SupportReason.Words);
        if (best.Window.Length == 1 && best.Coverage >= SaysTheSame && best.IsOpposite)
            return (SupportVerdict.Unsupported, SupportReason.Opposite);
        if (best.Window.Length == 1 && best.Coverage >= SaysTheSame && best.IsNegated && said.Negations != best.Window.Read.Negations)
            return (SupportVerdict.Unsupported, SupportReason.Negation);
        if (sentence.Text.TrimEnd().EndsWith(':') && said.Numbers.Count == 0 && said.Negations == 0 && best.Coverage >= LeadIn && !best.Missing.Any(word => word.IsName))
            return (SupportVerdict.Supported, SupportReason.None);
        return (SupportVerdict.Unclear, best.Against() is var against and not SupportReason.None ? against : SupportReason.Words);
    }

    /// <summary>The most words; of places with as many, one with the numbers, then the shortest.</summary>
    private static double Rank(WindowCheck check) => check.Coverage + (check.HasNumbers ? .1 : 0) - .01 * check.Window.Length;

    private static bool IsCourtesy(string text) => Courtesy.Contains(string.Join(' ', Tokenizer.Tokens(text)));

    private static SupportedSentence Result(AnswerSentence sentence, SupportVerdict verdict, SupportReason reason, Evidence evidence, WindowCheck check) =>
        new(sentence, verdict, reason, check.Coverage > 0 ? check.Window.Quote : "", check.Coverage > 0 ? evidence.Passage.Number : null, Math.Round(check.Coverage, 3));
}
