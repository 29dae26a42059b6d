namespace Support.Generation.Grounding;

/// <summary>Units of measure by the words and signs that stand for them in Russian and English: "₽", "рублей" and "roubles" are one.</summary>
internal static class Units
{
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal);
    private static readonly List<(string Begins, string Unit)> Begun = [];

    static Units()
    {
        foreach (var unit in GroundingData.Read("units.json").EnumerateObject())
            foreach (var word in unit.Value.EnumerateArray().Select(word => word.GetString()!))
                if (word.EndsWith('*'))
                    Begun.Add((word[..^1], unit.Name));
                else
                    Whole[word] = unit.Name;
    }

    /// <param name="word">Folded, or a sign.</param>
    public static string? Of(string word)
    {
        if (Whole.TryGetValue(word, out var unit))
            return unit;
        foreach (var (begins, begun) in Begun)
            if (word.StartsWith(begins, StringComparison.Ordinal))
                return begun;
        return null;
    }
}
