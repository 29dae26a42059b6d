using System.Text;
using System.Text.Json;

namespace Support.Bench.Speed;

/// <summary>Documents as JSON lines (id, title, text), a chunk each or more, and questions about them.</summary>
/// <param name="Name">Where they come from.</param>
internal sealed record Corpus(string Name, IReadOnlyList<string> Documents, IReadOnlyList<string> Questions)
{
    public byte[] Bytes(int most) => Encoding.UTF8.GetBytes(string.Join('\n', Documents.Take(most)));

    public static Corpus Open(string folder)
    {
        var documents = Path.Combine(folder, "corpus.jsonl");
        if (!File.Exists(documents))
            return Seeded(6_000);
        var questions = File.ReadLines(Path.Combine(folder, "queries.jsonl")).Where(line => line.Length > 0).Select(TextOf);
        return new Corpus(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), [.. File.ReadLines(documents).Where(line => line.Length > 0)], [.. questions]);
    }

    private static string TextOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("text").GetString()!;
    }

    /// <summary>The same text on every machine: words of made-up syllables, frequent ones far more often than rare ones.</summary>
    private static Corpus Seeded(int count)
    {
        var random = new Random(20_260_101);
        string[] syllables = ["ba", "cor", "del", "fi", "gan", "hol", "jin", "ka", "lum", "mor", "ne", "per", "qui", "ros", "sta", "tir", "ul", "vex", "wo", "zan"];
        var words = Enumerable.Range(0, 8_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => syllables[random.Next(syllables.Length)]))).ToArray();
        string Words(int howMany) => string.Join(' ', Enumerable.Range(0, howMany).Select(_ => words[(int)(words.Length * Math.Pow(random.NextDouble(), 3))]));

        var titles = Enumerable.Range(0, count).Select(_ => Words(6)).ToList();
        var documents = titles.Select((title, i) => JsonSerializer.Serialize(new
        {
            id = $"seeded#{i}",
            title,
            text = string.Join(". ", Enumerable.Range(0, 8).Select(_ => Words(12))) + ".",
        }));
        return new Corpus("seeded", [.. documents], [.. titles.Take(400).Select(title => $"How do I {title}?")]);
    }
}
