using Microsoft.Extensions.AI;

namespace Support.Models;

/// <summary>The default: nothing to sign up for.</summary>
public sealed class NoModels : IModels
{
    public bool HasRerankEndpoint => false;

    public bool Has(ModelRole role) => false;

    public string? NameOf(ModelRole role) => null;

    public IChatClient Chat(ModelRole role, ModelUse use) => throw None(role);

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelUse use) => throw None(ModelRole.Embedding);

    public Task<IReadOnlyList<double>> RerankAsync(string query, IReadOnlyList<string> texts, ModelUse use, CancellationToken cancellation) =>
        Task.FromException<IReadOnlyList<double>>(None(ModelRole.Rerank));

    public Task<string> TranscribeAsync(ReadOnlyMemory<byte> audio, string name, string? language, ModelUse use, CancellationToken cancellation) =>
        Task.FromException<string>(None(ModelRole.Transcription));

    private static ModelException None(ModelRole role) => new(ModelFailure.NotConfigured, $"No model is set for {role}.");
}
