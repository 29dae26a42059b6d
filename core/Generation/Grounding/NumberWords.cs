namespace Support.Generation.Grounding;

/// <summary>Numbers that are written as words: "seven", "семи". "One" and "один" are left out: they are mostly no number.</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, string> Values =
        GroundingData.Read("number-words.json").EnumerateObject().ToDictionary(word => word.Name, word => word.Value.GetRawText(), StringComparer.Ordinal);

    public static string? Value(string folded) => Values.GetValueOrDefault(folded);
}
