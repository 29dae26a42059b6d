using Support.Retrieval;
using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>Which words of a window stand for the words of a sentence.</summary>
internal sealed class WordMatch
{
    // Less and "настрой" would stand for "настоящий".
    private const double LeastFamily = .6;

    private readonly Thesaurus _thesaurus;

    private WordMatch(ReadText sentence, Window window, Thesaurus thesaurus)
    {
        _thesaurus = thesaurus;
        foreach (var word in sentence.Content)
        {
            var found = window.Read.Words.Where(other => Weight(word, other) > 0).ToList();
            var weight = found.Count > 0 ? found.Max(other => Weight(word, other)) : !word.IsQuoted && window.Context.Contains(word.Stem) ? 1 : 0;
            Matches.Add(new MatchedWord(word, weight, found));
        }
    }

    public List<MatchedWord> Matches { get; } = [];

    /// <summary>Names count half as much again.</summary>
    public double Coverage => Matches.Count == 0 ? 0 : Matches.Sum(match => Worth(match.Word) * (match.Weight > 0 ? 1 : 0)) / Matches.Sum(match => Worth(match.Word));

    public static WordMatch Of(ReadText sentence, Window window, Thesaurus thesaurus) => new(sentence, window, thesaurus);

    private static double Worth(Word word) => word.IsName ? 1.5 : 1;

    /// <summary>A name stands for itself only; a unit for every word of that unit.</summary>
    private double Weight(Word word, Word other)
    {
        if (word.Stem == other.Stem)
            return 1;
        if (word.IsName && word.Text.Any(char.IsAsciiDigit))
            return 0;
        if (Units.Of(word.Text) is { } unit)
            return unit == Units.Of(other.Text) ? 1 : 0;
        if (VariantWeights.Family(word.Stem, other.Stem) is var family && family >= LeastFamily)
            return family;
        return !word.IsQuoted && _thesaurus.RelativesOf(word.Stem).Contains(other.Stem, StringComparer.Ordinal) ? VariantWeights.Relative : 0;
    }
}

/// <param name="Weight">0 when nothing stands for it.</param>
/// <param name="Found">In the window's text; empty when only the title has it.</param>
internal sealed record MatchedWord(Word Word, double Weight, IReadOnlyList<Word> Found);
