using Microsoft.Extensions.AI;

namespace Support.Models;

/// <summary>
/// The model services of the desk, each call with its limits, retries and fallback, and counted on the account of its <see cref="ModelUse"/>. Every call throws
/// <see cref="ModelException"/> when it gives nothing, and nothing else but cancellation.
/// </summary>
public interface IModels
{
    /// <summary>A model is set for this, and was not refused at start. It may still fail.</summary>
    bool Has(ModelRole role);

    /// <summary>The model's name, which says what its results can be compared with. Null without one.</summary>
    string? NameOf(ModelRole role);

    /// <summary>What so many tokens of the model will cost, in the currency of the prices. Null where no price is set for it.</summary>
    decimal? CostOf(ModelRole role, long promptTokens, long completionTokens) => null;

    /// <summary>Of <see cref="ModelRole.Answer"/>, <see cref="ModelRole.Rerank"/>, <see cref="ModelRole.Rewrite"/>, <see cref="ModelRole.Questions"/> or <see cref="ModelRole.Picture"/>.</summary>
    IChatClient Chat(ModelRole role, ModelUse use);

    IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelUse use);

    /// <summary>A rerank endpoint is set. Without one the chat model of <see cref="ModelRole.Rerank"/> reranks, if there is one.</summary>
    bool HasRerankEndpoint { get; }

    /// <summary>How well each text answers the query, in the order of the texts: comparable within one call only.</summary>
    Task<IReadOnlyList<double>> RerankAsync(string query, IReadOnlyList<string> texts, ModelUse use, CancellationToken cancellation);

    /// <param name="name">A file name with the ending of its format, as in "voice.ogg".</param>
    /// <param name="language">As in "ru"; null if it is not known.</param>
    Task<string> TranscribeAsync(ReadOnlyMemory<byte> audio, string name, string? language, ModelUse use, CancellationToken cancellation);
}
