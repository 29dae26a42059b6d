using Microsoft.Extensions.AI;
using Support.Knowledge;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Settings;

namespace Support.OpenAi;

/// <summary>The embedding model, on one account.</summary>
internal sealed class RoleEmbeddings(IReadOnlyList<ModelTarget> targets, ModelUse use, ModelCaller caller, ModelClients clients, ModelsOptions settings) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values as IReadOnlyList<string> ?? [.. values];
        if (texts.Count == 0)
            return [];
        return await caller.CallAsync(targets, use, (attempt, token) => OnceAsync(clients, settings, texts, options, attempt, token), cancellationToken);
    }

    public static async Task<GeneratedEmbeddings<Embedding<float>>> OnceAsync(
        ModelClients clients, ModelsOptions settings, IReadOnlyList<string> texts, EmbeddingGenerationOptions? options, CallTry attempt, CancellationToken cancellation)
    {
        attempt.Sends(() => TokenCount.Estimate(string.Join('\n', texts)));
        var vectors = await clients.Embeddings(attempt.Target).GenerateAsync(texts, options, cancellation);
        attempt.Count(vectors.Usage, "");
        Check(vectors, texts.Count, options?.Dimensions ?? settings.Dimensions, attempt.Target);
        return vectors;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("openai", targets[0].Service.Endpoint, targets[0].Model, settings.Dimensions == 0 ? null : settings.Dimensions)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // Clients are shared by all uses.
    }

    private static void Check(GeneratedEmbeddings<Embedding<float>> vectors, int count, int length, ModelTarget target)
    {
        if (vectors.Count != count)
            throw Bad(target, $"gave {vectors.Count} vectors for {count} texts");
        var expected = length > 0 ? length : vectors[0].Vector.Length;
        if (expected == 0 || vectors.FirstOrDefault(vector => vector.Vector.Length != expected) is not null)
            throw Bad(target, $"gave vectors of another length than {(length > 0 ? $"{length} (Support__Models__Dimensions)" : "each other")}");
        foreach (var vector in vectors)
            foreach (var number in vector.Vector.Span)
                if (!float.IsFinite(number))
                    throw Bad(target, "gave vectors with what is no number");
    }

    private static CallFailedException Bad(ModelTarget target, string what) => new(ModelFailure.BadAnswer, $"{target} {what}.") { MayRepeat = true };
}
