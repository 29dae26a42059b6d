using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Text;

/// <summary>
/// A tenant's own lines of words that mean the same: slang, brands, names. A name may stand alone: it means nothing else, and is no typing error. Kept in the setting of the name <see cref="Key"/> as an array of arrays.
/// No two lines hold words of one stem.
/// </summary>
public sealed class SynonymLines
{
    public const string Key = "synonyms";

    public static readonly SynonymLines None = new([]);

    private SynonymLines(string[][] lines) => Lines = lines;

    /// <summary>In the order in which they came; words folded, as <see cref="Tokenizer"/> gives them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Lines { get; }

    /// <param name="json">The setting's value; null when there is none.</param>
    public static SynonymLines Read(string? json) =>
        json is null || JsonSerializer.Deserialize(json, SynonymJson.Default.StringArrayArray) is not { Length: > 0 } lines ? None : new SynonymLines(lines);

    public string ToJson() => JsonSerializer.Serialize(Lines.Select(line => line.ToArray()).ToArray(), SynonymJson.Default.StringArrayArray);

    /// <summary>The general words and these.</summary>
    public Thesaurus ToThesaurus() => Lines.Count == 0 ? Thesaurus.General : Thesaurus.General.With(Lines);

    /// <summary>With one line more, or a longer one: lines that hold a word of it become one with it. Of words of one stem the first stays.</summary>
    public SynonymLines With(IReadOnlyList<string> words)
    {
        var stems = words.Select(Stemmer.Stem).ToHashSet(StringComparer.Ordinal);
        var touched = Lines.Where(line => Holds(line, stems)).ToList();
        var merged = touched.SelectMany(line => line).Concat(words).DistinctBy(Stemmer.Stem).ToArray();
        if (touched.Count == 1 && merged.Length == touched[0].Count)
            return this;
        var lines = new List<string[]>(Lines.Count + 1);
        foreach (var line in Lines)
            if (touched.Count == 0 || !touched.Contains(line))
                lines.Add([.. line]);
            else if (line == touched[0])
                lines.Add(merged);
        if (touched.Count == 0)
            lines.Add(merged);
        return new SynonymLines([.. lines]);
    }

    /// <summary>Without the line that holds this word in any of its forms; the same when none does.</summary>
    public SynonymLines Without(string word)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal) { Stemmer.Stem(word) };
        return Lines.Any(line => Holds(line, stems)) ? new SynonymLines([.. Lines.Where(line => !Holds(line, stems)).Select(line => line.ToArray())]) : this;
    }

    private static bool Holds(IReadOnlyList<string> line, HashSet<string> stems) => line.Any(word => stems.Contains(Stemmer.Stem(word)));
}

[JsonSerializable(typeof(string[][]))]
internal sealed partial class SynonymJson : JsonSerializerContext;
