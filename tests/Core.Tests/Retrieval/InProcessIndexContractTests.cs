using Support.Contracts;

namespace Support.Tests.Retrieval;

public sealed class InProcessIndexContractTests : KnowledgeIndexContract
{
    protected override Task<KnowledgeDesk> CreateDeskAsync() => KnowledgeDesk.CreateAsync([], (_, _) => { });
}
