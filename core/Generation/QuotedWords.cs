using Support.Retrieval;
using Support.Text;

namespace Support.Generation;

/// <summary>Whether words that a model says it has copied stand in a text, in their order: case, marks and spaces aside. A word or two prove nothing.</summary>
internal static class QuotedWords
{
    private const int Fewest = 3;

    public static bool StandIn(string quote, string text)
    {
        var words = Tokenizer.Tokens(quote);
        var all = Tokenizer.Tokens(text);
        if (words.Count < Math.Min(Fewest, all.Count) || words.Count == 0)
            return false;
        for (var at = 0; at + words.Count <= all.Count; at++)
            if (StandAt(words, all, at))
                return true;
        return false;
    }

    /// <summary>Whether a quote is about what a sentence says: half of its content words, and each of its numbers.</summary>
    public static bool Says(string quote, string sentence)
    {
        var quoted = Tokenizer.Tokens(quote).Select(Stemmer.Stem).ToHashSet(StringComparer.Ordinal);
        var said = ReadQuestion.Of(Tokenizer.Tokens(sentence)).Words.Where(word => word.IsContent).Select(word => word.Text).ToList();
        return said.Count(word => quoted.Contains(Stemmer.Stem(word))) * 2 >= said.Count && said.TrueForAll(word => !char.IsDigit(word[0]) || quoted.Contains(Stemmer.Stem(word)));
    }

    private static bool StandAt(List<string> words, List<string> all, int at)
    {
        for (var i = 0; i < words.Count; i++)
            if (!string.Equals(words[i], all[at + i], StringComparison.Ordinal))
                return false;
        return true;
    }
}
