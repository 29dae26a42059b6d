using Microsoft.Extensions.AI;
using Support.Retrieval.Dense;

namespace Support.Bench.Quality.Embeddings;

/// <summary>
/// Stands in for an embedding model where none can be had: character 3- to 5-grams of each word, hashed into 512 numbers with a sign, their counts by square root. It knows no meanings and
/// finds what shares letters, so it shows that the machinery works, and what a weak model does to an order by words; not what a good one brings.
/// </summary>
internal sealed class HashedGrams : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Length = 512;
    private const int Shortest = 3;
    private const int Longest = 5;

    public static VectorSpace Space { get; } = new("hashed-grams", Length);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(VectorOf(text)) { ModelId = Space.Model })));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static float[] VectorOf(string text)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var word in Support.Text.Tokenizer.Tokens(text))
        {
            var padded = "^" + word + "$";
            for (var length = Shortest; length <= Longest; length++)
                for (var start = 0; start + length <= padded.Length; start++)
                {
                    var hash = Hash(padded.AsSpan(start, length));
                    counts[hash] = counts.GetValueOrDefault(hash) + 1;
                }
        }
        var vector = new float[Length];
        foreach (var (hash, count) in counts)
            vector[hash % Length] += (hash >> 32 & 1) == 0 ? MathF.Sqrt(count) : -MathF.Sqrt(count);
        // A text of no words must have a direction all the same.
        vector[0] += .001f;
        return vector;
    }

    /// <summary>FNV-1a, 64 bits, with its upper half mixed in.</summary>
    private static ulong Hash(ReadOnlySpan<char> gram)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in gram)
            hash = (hash ^ letter) * 1099511628211UL;
        return hash ^ hash >> 29;
    }
}
