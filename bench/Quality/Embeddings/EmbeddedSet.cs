using System.Text.Json;
using Microsoft.Extensions.AI;
using Support.Retrieval;
using Support.Retrieval.Dense;

namespace Support.Bench.Quality.Embeddings;

/// <summary>The vectors of a set: of its chunks, by their ids, and of its questions, by theirs.</summary>
internal sealed record EmbeddedSet(VectorSpace Space, IReadOnlyDictionary<long, float[]> Chunks, IReadOnlyDictionary<string, float[]> Questions)
{
    private const int AtOnce = 64;

    public static async Task<EmbeddedSet> OfAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, string model, IReadOnlyList<IndexedChunk> chunks, IReadOnlyList<QualityQuestion> questions, CancellationToken cancellation)
    {
        var ofChunks = await EmbedAsync(generator, chunks, chunk => chunk.ChunkId, chunk => EmbeddedText.Of(chunk.Title, chunk.Text), cancellation);
        var ofQuestions = await EmbedAsync(generator, questions, question => question.Id, question => question.Text, cancellation);
        return new EmbeddedSet(new VectorSpace(model, ofChunks.First().Value.Length), ofChunks, ofQuestions);
    }

    /// <param name="folder">With corpus.jsonl and queries.jsonl: {"id": …, "vector": […]} a line, of the set's documents and questions.</param>
    /// <exception cref="UsageException">A file is not there, or lacks the vector of a document or a question.</exception>
    public static EmbeddedSet Read(string folder, IReadOnlyList<QualityDocument> documents, IReadOnlyList<QualityQuestion> questions)
    {
        var ofDocuments = Vectors(folder, "corpus.jsonl");
        var ofQuestions = Vectors(folder, "queries.jsonl");
        var length = ofDocuments.Values.FirstOrDefault()?.Length ?? 0;
        return new EmbeddedSet(
            new VectorSpace(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), length),
            documents.Index().ToDictionary(one => (long)one.Index, one => Of(ofDocuments, one.Item.Id, length, folder)),
            questions.ToDictionary(question => question.Id, question => Of(ofQuestions, question.Id, length, folder), StringComparer.Ordinal));
    }

    private static float[] Of(Dictionary<string, float[]> vectors, string id, int length, string folder) =>
        vectors.TryGetValue(id, out var vector) && vector.Length == length ? vector : throw new UsageException($"--embeddings {folder}: \"{id}\" has no vector of {length} numbers.");

    private static Dictionary<string, float[]> Vectors(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw new UsageException($"--embeddings {folder}: there is no {name} in it. Give a folder with corpus.jsonl and queries.jsonl of lines {{\"id\": …, \"vector\": […]}}, or \"grams\".");
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            vectors[json.RootElement.GetProperty("id").GetString()!] = UnitVector.Of([.. json.RootElement.GetProperty("vector").EnumerateArray().Select(number => number.GetSingle())]);
        }
        return vectors;
    }

    private static async Task<Dictionary<TKey, float[]>> EmbedAsync<T, TKey>(
        IEmbeddingGenerator<string, Embedding<float>> generator, IReadOnlyList<T> all, Func<T, TKey> keyOf, Func<T, string> textOf, CancellationToken cancellation)
        where TKey : notnull
    {
        var vectors = new Dictionary<TKey, float[]>(all.Count);
        foreach (var some in all.Chunk(AtOnce))
        {
            var embedded = await generator.GenerateAsync(some.Select(textOf), cancellationToken: cancellation);
            foreach (var (one, vector) in some.Zip(embedded))
                vectors[keyOf(one)] = UnitVector.Of(vector.Vector.Span);
        }
        return vectors;
    }
}
