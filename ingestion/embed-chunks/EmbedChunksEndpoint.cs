using Support.Knowledge;

namespace Support.Ingestion;

public sealed class EmbedChunksEndpoint(EmbedChunks handler)
{
    public Task RunAsync(CancellationToken cancellation) => handler.RunAsync(cancellation);
}
