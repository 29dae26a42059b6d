using System.Text.Json;

namespace Support.Text;

/// <summary>Words that say little of what a question is about, from <c>Data/words.json</c>, folded.</summary>
public static class WordLists
{
    /// <summary>Conjunctions, pronouns, prepositions, auxiliaries.</summary>
    public static IReadOnlySet<string> Function { get; } = Read("function_words");

    /// <summary>Words of asking ("подскажите", "how do I get").</summary>
    public static IReadOnlySet<string> Helper { get; } = Read("helper_words");

    private static HashSet<string> Read(string list)
    {
        using var data = EmbeddedData.Open("words.json");
        using var json = JsonDocument.Parse(data.BaseStream);
        return json.RootElement.GetProperty(list).EnumerateObject()
            .SelectMany(language => language.Value.EnumerateArray())
            .Select(word => Folding.Fold(word.GetString()!))
            .ToHashSet(StringComparer.Ordinal);
    }
}
