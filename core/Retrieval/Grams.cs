namespace Support.Retrieval;

/// <summary>Character 4-grams of a padded word (_word_), each packed into one number; a padded word of three letters is one gram.</summary>
internal static class Grams
{
    public const int Length = 4;
    private const char Pad = '_';

    public static int Count(int wordLength) => Math.Max(1, wordLength + 2 - Length + 1);

    /// <summary>Writes the word's grams with repetitions, in order; returns how many.</summary>
    public static int Of(ReadOnlySpan<char> word, Span<ulong> grams)
    {
        var count = Count(word.Length);
        for (var i = 0; i < count; i++)
        {
            var packed = 0UL;
            for (var j = i; j < Math.Min(i + Length, word.Length + 2); j++)
                packed = packed << 16 | (j == 0 || j == word.Length + 1 ? Pad : word[j - 1]);
            grams[i] = packed;
        }
        return count;
    }
}
