namespace Support.Retrieval;

/// <summary>How well one stem stands in for another, from 0 to 1.</summary>
public static class VariantWeights
{
    /// <summary>Two words of one thesaurus line.</summary>
    public const double Relative = .7;

    /// <summary>A name in the other alphabet: the same name, but found by ear.</summary>
    public const double SoundAlike = .8;

    // Less than the word itself, and falling fast: "подключить" and "подключаться" are one, "настрой" and "настоящий" are not.
    private const double SameFamily = .95;
    private const double LeastShare = .6;

    /// <summary>The weight of two stems that begin alike: .95·r², r the share of the longer one that both begin with; 0 if they are no family.</summary>
    public static double Family(string one, string other)
    {
        var common = one.AsSpan().CommonPrefixLength(other);
        if (common < Lexicon.FamilyLetters)
            return 0;
        var share = (double)common / Math.Max(one.Length, other.Length);
        return share < LeastShare ? 0 : SameFamily * share * share;
    }
}
