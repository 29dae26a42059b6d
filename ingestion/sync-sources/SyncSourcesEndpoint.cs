using Support.Knowledge;
using Support.Retrieval;

namespace Support.Ingestion;

/// <summary>Looks at the sources whose time has come. The sweep runs in the other function app, so this round drops what nobody asks of this one's index.</summary>
public sealed class SyncSourcesEndpoint(SyncSources handler, IKnowledgeIndex index)
{
    public Task RunAsync(CancellationToken cancellation)
    {
        index.DropIdle();
        return handler.RunAsync(cancellation);
    }
}
