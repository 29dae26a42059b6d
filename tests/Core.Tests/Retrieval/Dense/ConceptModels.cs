using Microsoft.Extensions.AI;
using Support.Models;
using Support.Tenants;

namespace Support.Tests.Retrieval.Dense;

/// <summary>An embedding model that knows a few subjects by their words, in whatever words they are asked about, and does as a test says.</summary>
internal sealed class ConceptModels(params string[][] subjects) : IModels
{
    private readonly Lock _lock = new();

    /// <summary>Null: none is set.</summary>
    public string? Model { get; set; } = "concepts-1";

    /// <summary>Further ones that the service still answers with.</summary>
    public IReadOnlyList<string> Others { get; set; } = [];

    /// <summary>Numbers without a meaning behind those of the subjects.</summary>
    public int More { get; set; } = 4;

    public Func<IReadOnlyList<string>, CancellationToken, Task>? Before { get; set; }

    /// <summary>Why a company gets nothing for texts; null: it gets its vectors.</summary>
    public Func<TenantId, IReadOnlyList<string>, ModelException?> Fails { get; set; } = (_, _) => null;

    public Predicate<string> Refuses { get; set; } = _ => false;

    /// <summary>What becomes of the vectors on their way.</summary>
    public Func<IReadOnlyList<string>, List<float[]>, List<float[]>> Spoils { get; set; } = (_, vectors) => vectors;

    /// <summary>The texts of each call, failed ones included.</summary>
    public List<(TenantId Tenant, IReadOnlyList<string> Texts)> Calls { get; } = [];

    /// <summary>All texts that were embedded, in order, with the model.</summary>
    public List<(string Model, string Text)> Embedded { get; } = [];

    public bool HasRerankEndpoint => false;

    public bool Has(ModelRole role) => role == ModelRole.Embedding && Model is not null;

    public string? NameOf(ModelRole role) => Has(role) ? Model : null;

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelUse use) => new Generator(this, use.Tenant);

    public IChatClient Chat(ModelRole role, ModelUse use) => throw new ModelException(ModelFailure.NotConfigured, "None.");

    public Task<IReadOnlyList<double>> RerankAsync(string query, IReadOnlyList<string> texts, ModelUse use, CancellationToken cancellation) =>
        throw new ModelException(ModelFailure.NotConfigured, "None.");

    public Task<string> TranscribeAsync(ReadOnlyMemory<byte> audio, string name, string? language, ModelUse use, CancellationToken cancellation) =>
        throw new ModelException(ModelFailure.NotConfigured, "None.");

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(TenantId tenant, List<string> texts, string? asked, CancellationToken cancellation)
    {
        var model = asked is not null && Others.Contains(asked) ? asked : Model!;
        lock (_lock)
            Calls.Add((tenant, texts));
        if (Before is { } before)
            await before(texts, cancellation);
        if (Fails(tenant, texts) is { } failure)
            throw failure;
        if (texts.Exists(Refuses))
            throw new ModelException(ModelFailure.Filtered, "The content filter refused.");
        lock (_lock)
            Embedded.AddRange(texts.Select(text => (model, text)));
        return [.. Spoils(texts, texts.ConvertAll(VectorOf)).Select(vector => new Embedding<float>(vector) { ModelId = model })];
    }

    private float[] VectorOf(string text)
    {
        var vector = new float[subjects.Length + More];
        for (var i = 0; i < subjects.Length; i++)
            vector[i] = subjects[i].Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        vector[^1] = .1f;
        return vector;
    }

    private sealed class Generator(ConceptModels models, TenantId tenant) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            models.EmbedAsync(tenant, [.. values], options?.ModelId, cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
