using Support.Knowledge;
using Support.Text;

namespace Support.Generation.Guards;

/// <summary>The promise is the company's own: one sentence of a cited passage says it nearly in the same words, with every number.</summary>
internal static class StatedPromise
{
    // A few words may be another form or left out ("вам"); what is added would be new.
    private const double SameWords = .8;

    public static bool IsIn(string sentence, IReadOnlyList<string> citedTexts)
    {
        var said = Stems(sentence);
        return said.Count > 0 && citedTexts.Any(text => SentencesOf(text).Any(stated => Holds(Stems(stated), said)));
    }

    private static bool Holds(HashSet<string> stated, HashSet<string> said) =>
        said.All(stem => !char.IsAsciiDigit(stem[0]) || stated.Contains(stem))
        && stated.Contains("не") == said.Contains("не") && stated.Contains("not") == said.Contains("not")
        && said.Count(stated.Contains) >= SameWords * said.Count;

    private static IEnumerable<string> SentencesOf(string text) => Sentences.Split(text).Select(range => text[range]);

    private static HashSet<string> Stems(string text) =>
        Tokenizer.Tokens(text).Where(word => word is "не" or "not" || !WordLists.Function.Contains(word)).Select(Stemmer.Stem).ToHashSet(StringComparer.Ordinal);
}
