using System.Text.Json;

namespace Support.Generation.Guards;

/// <summary>The words of one language in <c>Data/promises.json</c>, folded as the tokenizer folds.</summary>
internal sealed class PromiseWords
{
    private readonly Dictionary<string, HashSet<string>> _lists;

    private PromiseWords(JsonElement lists) => _lists = lists.EnumerateObject().ToDictionary(
        list => list.Name,
        list => list.Value.EnumerateArray().Select(word => word.GetString()!.Replace("'ll", " will", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal),
        StringComparer.Ordinal);

    public static PromiseWords Russian { get; } = Read("ru");

    public static PromiseWords English { get; } = Read("en");

    public HashSet<string> this[string list] => _lists[list];

    /// <summary>The word begins like one of the list: for Russian nouns, which are inflected.</summary>
    public bool Begins(string list, string word)
    {
        foreach (var stem in _lists[list])
            if (word.StartsWith(stem, StringComparison.Ordinal))
                return true;
        return false;
    }

    private static PromiseWords Read(string language)
    {
        using var json = GuardData.Json("promises.json");
        return new PromiseWords(json.RootElement.GetProperty(language));
    }
}
