using Microsoft.Extensions.AI;
using Support.Models;

namespace Support.Tests.Questions.Reading;

/// <summary>Hears what a file of text says, and counts how often.</summary>
internal sealed class HearingModels : IModels
{
    private static readonly NoModels None = new();
    private int _heard;

    public int Heard => _heard;

    /// <summary>Happens while the model listens.</summary>
    public Action? Hearing { get; set; }

    /// <summary>Of the last one.</summary>
    public string? Language { get; private set; }

    public bool HasRerankEndpoint => false;

    public bool Has(ModelRole role) => role == ModelRole.Transcription;

    public string? NameOf(ModelRole role) => null;

    public IChatClient Chat(ModelRole role, ModelUse use) => None.Chat(role, use);

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelUse use) => None.Embeddings(use);

    public Task<IReadOnlyList<double>> RerankAsync(string query, IReadOnlyList<string> texts, ModelUse use, CancellationToken cancellation) => None.RerankAsync(query, texts, use, cancellation);

    public Task<string> TranscribeAsync(ReadOnlyMemory<byte> audio, string name, string? language, ModelUse use, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _heard);
        Hearing?.Invoke();
        Language = language;
        use.Add(new ModelCall(ModelRole.Transcription, "hear-1", 0, 0, 5, .01m, TimeSpan.FromMilliseconds(3), null));
        return Task.FromResult(System.Text.Encoding.UTF8.GetString(audio.Span));
    }
}
