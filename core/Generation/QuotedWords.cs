using Support.Text;

namespace Support.Generation;

/// <summary>Whether words that a model says it has copied stand in a text, in their order: case, marks and spaces aside.</summary>
internal static class QuotedWords
{
    public static bool StandIn(string quote, string text)
    {
        var words = Tokenizer.Tokens(quote);
        if (words.Count == 0)
            return false;
        var all = Tokenizer.Tokens(text);
        for (var at = 0; at + words.Count <= all.Count; at++)
            if (StandAt(words, all, at))
                return true;
        return false;
    }

    private static bool StandAt(IReadOnlyList<string> words, IReadOnlyList<string> all, int at)
    {
        for (var i = 0; i < words.Count; i++)
            if (!string.Equals(words[i], all[at + i], StringComparison.Ordinal))
                return false;
        return true;
    }
}
