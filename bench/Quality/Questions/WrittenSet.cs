using System.Text.Json;

namespace Support.Bench.Quality.Questions;

/// <summary>Some of a set's questions, to be asked while these others are written beside the documents.</summary>
/// <param name="Written">By the document's id.</param>
internal sealed record WrittenSet(IReadOnlyDictionary<string, IReadOnlyList<string>> Written, IReadOnlyList<QualityQuestion> Asked)
{
    /// <summary>As many as a model writes for a chunk.</summary>
    private const int Most = 5;

    private const int Folds = 2;

    /// <param name="path">{"id": a document's id, "questions": […]} a line.</param>
    /// <exception cref="UsageException">There is no such file, or it names a document that the set has not.</exception>
    public static WrittenSet Read(string path, IReadOnlyList<QualityDocument> documents, IReadOnlyList<QualityQuestion> asked)
    {
        if (!File.Exists(path))
            throw new UsageException($"--questions {path}: there is no such file. Give one of lines {{\"id\": …, \"questions\": […]}} with the ids of corpus.jsonl, or \"{EvalOptions.HeldOut}\".");
        var known = documents.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        var written = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            var id = json.RootElement.GetProperty("id").GetString()!;
            if (!known.Contains(id))
                throw new UsageException($"--questions {path}: the set has no document \"{id}\".");
            written[id] = [.. json.RootElement.GetProperty("questions").EnumerateArray().Select(question => question.GetString()!).Take(Most)];
        }
        return new WrittenSet(written, asked);
    }

    /// <summary>
    /// Stands in for a model where none can be had: every other question is asked while those in between are written beside the documents that answer them, and then the other way round. No question ever meets itself.
    /// </summary>
    public static IEnumerable<WrittenSet> HeldOut(IReadOnlyList<QualityQuestion> questions, Dictionary<string, Dictionary<string, double>> judgements)
    {
        for (var fold = 0; fold < Folds; fold++)
        {
            var written = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var (at, question) in questions.Index())
                if (at % Folds != fold)
                    foreach (var document in judgements.TryGetValue(question.Id, out var relevant) ? relevant.Keys.AsEnumerable() : [])
                    {
                        if (!written.TryGetValue(document, out var ofDocument))
                            written[document] = ofDocument = [];
                        if (ofDocument.Count < Most)
                            ofDocument.Add(question.Text);
                    }
            yield return new WrittenSet(
                written.ToDictionary(one => one.Key, one => (IReadOnlyList<string>)one.Value, StringComparer.Ordinal), [.. questions.Where((_, at) => at % Folds == fold)]);
        }
    }
}
