using Microsoft.Extensions.AI;
using Support.Models;

namespace Support.Tests.Retrieval.Dense;

/// <summary>An embedding model that knows a few subjects by their words, in whatever words they are asked about, and does as a test says.</summary>
internal sealed class ConceptModels(params string[][] subjects) : IModels, IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Lock _lock = new();

    /// <summary>Null: none is set.</summary>
    public string? Model { get; set; } = "concepts-1";

    /// <summary>Further ones that the service still answers with.</summary>
    public IReadOnlyList<string> Others { get; set; } = [];

    /// <summary>Numbers without a meaning behind those of the subjects.</summary>
    public int More { get; set; } = 4;

    public Func<IReadOnlyList<string>, CancellationToken, Task>? Before { get; set; }

    public Predicate<string> Refuses { get; set; } = _ => false;

    /// <summary>All texts that were embedded, in order, with the model.</summary>
    public List<(string Model, string Text)> Embedded { get; } = [];

    public bool HasRerankEndpoint => false;

    public bool Has(ModelRole role) => role == ModelRole.Embedding && Model is not null;

    public string? NameOf(ModelRole role) => Has(role) ? Model : null;

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelUse use) => this;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        var model = options?.ModelId is { } asked && Others.Contains(asked) ? asked : Model!;
        if (Before is { } before)
            await before(texts, cancellationToken);
        if (texts.Exists(Refuses))
            throw new ModelException(ModelFailure.Filtered, "The content filter refused.");
        lock (_lock)
            Embedded.AddRange(texts.Select(text => (model, text)));
        return [.. texts.Select(text => new Embedding<float>(VectorOf(text)) { ModelId = model })];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    public IChatClient Chat(ModelRole role, ModelUse use) => throw new ModelException(ModelFailure.NotConfigured, "None.");

    public Task<IReadOnlyList<double>> RerankAsync(string query, IReadOnlyList<string> texts, ModelUse use, CancellationToken cancellation) =>
        throw new ModelException(ModelFailure.NotConfigured, "None.");

    public Task<string> TranscribeAsync(ReadOnlyMemory<byte> audio, string name, string? language, ModelUse use, CancellationToken cancellation) =>
        throw new ModelException(ModelFailure.NotConfigured, "None.");

    private float[] VectorOf(string text)
    {
        var vector = new float[subjects.Length + More];
        for (var i = 0; i < subjects.Length; i++)
            vector[i] = subjects[i].Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        vector[^1] = .1f;
        return vector;
    }
}
