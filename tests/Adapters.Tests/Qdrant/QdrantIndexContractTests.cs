using Support.Contracts;
using Support.Contracts.Qdrant;
using Support.Qdrant;

namespace Support.Tests.Qdrant;

public sealed class QdrantIndexContractTests : KnowledgeIndexContract
{
    private TestQdrant _qdrant = null!;

    protected override async Task<KnowledgeDesk> CreateDeskAsync()
    {
        _qdrant = await TestQdrant.StartAsync();
        return await _qdrant.DeskAsync((services, configuration) => services.AddQdrant(configuration));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _qdrant.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
