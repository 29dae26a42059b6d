using System.Text.Json;
using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>The word lists of this folder, carried inside the assembly, folded.</summary>
internal static class GroundingData
{
    private static readonly JsonElement Words = Read("grounding-words.json");

    public static HashSet<string> List(string name) =>
        Words.GetProperty(name).EnumerateArray().Select(word => Folding.Fold(word.GetString()!)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Each word's stem, and the stems of what says the opposite.</summary>
    public static ILookup<string, string> Opposites() =>
        Words.GetProperty("opposites").EnumerateArray()
            .Select(pair => (One: Stemmer.Stem(Folding.Fold(pair[0].GetString()!)), Other: Stemmer.Stem(Folding.Fold(pair[1].GetString()!))))
            .SelectMany(pair => new[] { pair, (One: pair.Other, Other: pair.One) })
            .ToLookup(pair => pair.One, pair => pair.Other, StringComparer.Ordinal);

    public static JsonElement Read(string name)
    {
        using var data = typeof(GroundingData).Assembly.GetManifestResourceStream("Support.Generation.Grounding.Data." + name)
            ?? throw new InvalidOperationException($"The assembly carries no data file '{name}'; build core with its Generation/Grounding/Data folder.");
        using var json = JsonDocument.Parse(data);
        return json.RootElement.Clone();
    }
}
