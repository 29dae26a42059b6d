using System.Text.Json;

namespace Support.Text;

/// <summary>Lines of words that mean nearly the same to somebody who asks for support, by stem: the general ones, and those of one tenant on top of them.</summary>
public sealed class Thesaurus
{
    private readonly Thesaurus? _general;
    private readonly Dictionary<string, string[]> _relatives;

    /// <summary>The general words of support in <c>Data/thesaurus.json</c>.</summary>
    public static Thesaurus General { get; } = new(ReadGeneral());

    public Thesaurus(IEnumerable<IReadOnlyList<string>> lines)
        : this(lines, null)
    {
    }

    private Thesaurus(IEnumerable<IReadOnlyList<string>> lines, Thesaurus? general)
    {
        _general = general;
        var relatives = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            // An entry of several words ("e-mail") has no stem of its own.
            var stems = line.Select(Tokenizer.Tokens).Where(tokens => tokens.Count == 1).Select(tokens => Stemmer.Stem(tokens[0])).Distinct().ToList();
            foreach (var stem in stems)
            {
                if (!relatives.TryGetValue(stem, out var known))
                    relatives[stem] = known = new HashSet<string>(general?.RelativesOf(stem) ?? [], StringComparer.Ordinal);
                known.UnionWith(stems);
                known.Remove(stem);
            }
        }
        _relatives = relatives.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>With a tenant's own lines. A word that stands in both has the relatives of both; theirs are not made each other's.</summary>
    public Thesaurus With(IEnumerable<IReadOnlyList<string>> lines) => new(lines, this);

    public IReadOnlyList<string> RelativesOf(string stem) =>
        _relatives.TryGetValue(stem, out var found) ? found : _general?.RelativesOf(stem) ?? [];

    /// <summary>A tenant named this word itself, so it is no typing error even where no document has it.</summary>
    public bool IsTenants(string stem) => _general is not null && _relatives.ContainsKey(stem);

    private static List<List<string>> ReadGeneral()
    {
        using var data = EmbeddedData.Open("thesaurus.json");
        using var json = JsonDocument.Parse(data.BaseStream);
        return json.RootElement.GetProperty("groups").EnumerateArray()
            .Select(line => line.EnumerateArray().Select(word => word.GetString()!).ToList()).ToList();
    }
}
