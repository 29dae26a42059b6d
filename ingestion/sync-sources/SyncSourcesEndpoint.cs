using Support.Knowledge;

namespace Support.Ingestion;

public sealed class SyncSourcesEndpoint(SyncSources handler)
{
    public Task RunAsync(CancellationToken cancellation) => handler.RunAsync(cancellation);
}
