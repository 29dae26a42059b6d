using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Ingestion.Readers;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Quality;

/// <summary>A set's documents read and cut as the desk does when an editor uploads the file.</summary>
internal static class ChunkedCorpus
{
    public static async Task<List<IndexedChunk>> CutAsync(
        QualitySet set, IReadOnlyList<QualityDocument> documents, TextWriter progress, CancellationToken cancellation)
    {
        var reader = new DocumentReader(Options.Create(new ReaderLimits()), NullLogger<DocumentReader>.Instance);
        var reading = await reader.ReadFileAsync(set.CorpusPath, cancellation) switch
        {
            Reading.Complete complete => complete,
            Reading.Refused refused => throw new UsageException($"The desk would refuse the corpus: {refused.Reason}"),
            var other => throw new InvalidOperationException($"A reading that is neither complete nor refused: {other}"),
        };
        foreach (var skipped in reading.Skipped)
            await progress.WriteLineAsync($"skipped {skipped}");
        var numbers = documents.Select((document, number) => (document.Id, number)).ToDictionary(one => one.Id, one => one.number, StringComparer.Ordinal);
        return Chunker.Cut(reading.Documents, new ChunkOptions())
            .Select((chunk, id) => new IndexedChunk(id, numbers[chunk.Record], 1, Audience.Customers, chunk.Source, chunk.Link, chunk.Title, chunk.Text))
            .ToList();
    }
}
