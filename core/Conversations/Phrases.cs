using System.Collections.Frozen;
using System.Text.Json;

namespace Support.Conversations;

/// <summary>What the desk itself says, in the customer's language: Texts/en.json and Texts/ru.json of this folder and of ../Confidence, the same keys in both.</summary>
public static class Phrases
{
    public static readonly IReadOnlyList<string> Languages = ["en", "ru"];

    private static readonly string[] Folders = ["Conversations", "Confidence"];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Texts =
        Languages.ToFrozenDictionary(language => language, Load);

    /// <summary>HTML; every value is escaped on its way in. Unknown languages get English.</summary>
    public static string Html(string language, string key, params ReadOnlySpan<object?> values)
    {
        var escaped = new object?[values.Length];
        for (var i = 0; i < values.Length; i++)
            escaped[i] = values[i] is string text ? Conversations.Html.Escape(text) : values[i];
        return string.Format(Find(language, key), escaped);
    }

    /// <summary>Plain text, for buttons and notices.</summary>
    public static string Plain(string language, string key, params ReadOnlySpan<object?> values) => string.Format(Find(language, key), values);

    public static bool Has(string key) => Texts["en"].ContainsKey(key);

    public static IEnumerable<string> Keys(string language) => Texts[language].Keys;

    private static string Find(string language, string key) =>
        (Texts.TryGetValue(language, out var texts) ? texts : Texts["en"]).TryGetValue(key, out var text)
            ? text
            : throw new KeyNotFoundException($"No text \"{key}\" in core/Conversations/Texts/{language}.json.");

    private static FrozenDictionary<string, string> Load(string language) =>
        Folders.SelectMany(folder => Read($"Support.{folder}.Texts.{language}.json")).ToFrozenDictionary();

    private static Dictionary<string, string> Read(string resource)
    {
        using var stream = typeof(Phrases).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The texts {resource} are not in the assembly.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
