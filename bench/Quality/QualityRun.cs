using System.Diagnostics;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Quality;

/// <summary>Indexes a set as a throw-away tenant and asks every question, without a look at the judgements.</summary>
internal sealed class QualityRun
{
    private const int Depth = 10;
    private const int WarmUp = 50;
    private const int ProgressEvery = 1_000;

    public required int Documents { get; init; }

    public required double IndexSeconds { get; init; }

    public required IReadOnlyList<AskedQuestion> Asked { get; init; }

    /// <summary>By the number that passages know a document by.</summary>
    public required IReadOnlyList<string> DocumentIds { get; init; }

    /// <summary>By the document's id.</summary>
    public required IReadOnlyDictionary<string, string> Titles { get; init; }

    /// <param name="typed">See <see cref="QuestionDistortion"/>.</param>
    /// <param name="chunked">Cut records as the desk does; otherwise a record is one chunk.</param>
    public static async Task<QualityRun> OfAsync(QualitySet set, int most, string typed, bool chunked, TextWriter progress, CancellationToken cancellation)
    {
        var documents = set.Documents().ToList();
        var watch = Stopwatch.StartNew();
        var index = new TenantIndex();
        var chunks = chunked
            ? await ChunkedCorpus.CutAsync(set, documents, progress, cancellation)
            : documents.Select((document, id) => ChunkOf(document, id)).ToList();
        index.Apply(chunks, []);
        var seconds = watch.Elapsed.TotalSeconds;
        await progress.WriteLineAsync($"{set.Name}{set.Suffix}: {documents.Count} documents, {chunks.Count} chunks, indexed in {seconds:F2} s");

        var questions = set.Questions().Take(most).Select(question => question with { Text = QuestionDistortion.Of(typed, question.Text) }).ToList();
        foreach (var question in questions.Take(WarmUp))
            index.Search(question.Text, Audience.Customers);
        var asked = new List<AskedQuestion>(questions.Count);
        foreach (var question in questions)
        {
            cancellation.ThrowIfCancellationRequested();
            watch.Restart();
            var found = index.Search(question.Text, Audience.Customers, chunked ? StageOne.Candidates : Depth);
            var milliseconds = watch.Elapsed.TotalMilliseconds;
            var ids = found.Passages.Select(passage => documents[(int)passage.DocumentId].Id).Distinct(StringComparer.Ordinal).Take(Depth).ToList();
            asked.Add(new AskedQuestion(question.Id, ids, found, milliseconds));
            if (asked.Count % ProgressEvery == 0)
                await progress.WriteLineAsync($"{asked.Count} of {questions.Count} questions asked");
        }
        return new QualityRun { Documents = documents.Count, IndexSeconds = seconds, Asked = asked, DocumentIds = documents.ConvertAll(document => document.Id), Titles = documents.DistinctBy(document => document.Id).ToDictionary(document => document.Id, document => document.Title) };
    }

    internal static IndexedChunk ChunkOf(QualityDocument document, int id) =>
        new(id, id, 1, Audience.Customers, document.Title, null, document.Title, document.Text);
}

/// <param name="Found">Ids of documents, best first; a document stands where its best chunk does.</param>
internal sealed record AskedQuestion(string Id, IReadOnlyList<string> Found, Retrieved Retrieved, double Milliseconds);
