using System.Text.Json;

namespace Support.Bench.Quality;

/// <summary>A folder of documents, questions and relevance judgements, in the layout of the BEIR sets.</summary>
/// <param name="Suffix">As it stands in file names, "_removed"; "" for none.</param>
internal sealed record QualitySet(string Folder, string Suffix)
{
    private static readonly string[] Names = ["corpus.jsonl", "queries.jsonl", "qrels.tsv"];

    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)));

    /// <exception cref="UsageException">The folder or the variant is not there.</exception>
    public static QualitySet Open(string folder, string variant)
    {
        foreach (var name in Names)
            if (!File.Exists(Path.Combine(folder, name)))
                throw new UsageException($"--data {folder}: there is no {name} in it. Give a folder with corpus.jsonl, queries.jsonl and qrels.tsv.");
        if (variant.Length == 0)
            return new QualitySet(folder, "");
        foreach (var suffix in (ReadOnlySpan<string>)[variant, "_" + variant])
            foreach (var name in Names)
                if (File.Exists(Path.Combine(folder, WithSuffix(name, suffix))))
                    return new QualitySet(folder, suffix);
        throw new UsageException($"--variant {variant}: no file in {folder} has it, such as {WithSuffix("corpus.jsonl", "_" + variant)}.");
    }

    public string CorpusPath => PathOf("corpus.jsonl");

    public IEnumerable<QualityDocument> Documents() =>
        Lines("corpus.jsonl").Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new QualityDocument(Text(root, "id"), root.TryGetProperty("title", out var title) ? title.GetString() ?? "" : "", Text(root, "text"));
        });

    public IEnumerable<QualityQuestion> Questions() =>
        Lines("queries.jsonl").Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return new QualityQuestion(Text(json.RootElement, "id"), Text(json.RootElement, "text"), json.RootElement.TryGetProperty("kind", out var kind) ? kind.GetString() : null);
        });

    /// <summary>Question → document → grade; only grades above 0.</summary>
    public Dictionary<string, Dictionary<string, double>> Judgements()
    {
        var judgements = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        foreach (var line in Lines("qrels.tsv"))
        {
            var fields = line.Split('\t');
            if (fields.Length < 3 || !double.TryParse(fields[2], out var grade) || grade <= 0)
                continue;
            if (!judgements.TryGetValue(fields[0], out var ofQuestion))
                judgements[fields[0]] = ofQuestion = new Dictionary<string, double>(StringComparer.Ordinal);
            ofQuestion[fields[1]] = grade;
        }
        return judgements;
    }

    private IEnumerable<string> Lines(string name) => File.ReadLines(PathOf(name)).Where(line => line.Length > 0);

    /// <summary>With the suffix if there is such a file.</summary>
    private string PathOf(string name)
    {
        var varied = Path.Combine(Folder, WithSuffix(name, Suffix));
        return File.Exists(varied) ? varied : Path.Combine(Folder, name);
    }

    private static string WithSuffix(string name, string suffix) => Path.GetFileNameWithoutExtension(name) + suffix + Path.GetExtension(name);

    private static string Text(JsonElement record, string property) =>
        record.TryGetProperty(property, out var value) && value.GetString() is { } text
            ? text
            : throw new InvalidDataException($"A record has no text in \"{property}\": {record.GetRawText()[..Math.Min(80, record.GetRawText().Length)]}");
}

internal sealed record QualityDocument(string Id, string Title, string Text);

/// <param name="Kind">Of questions without an answer, where the set tells: what they are about.</param>
internal sealed record QualityQuestion(string Id, string Text, string? Kind);

/// <summary>The command line was wrong; the message says how.</summary>
