using Microsoft.Extensions.DependencyInjection;
using Support.Contracts;
using Support.Contracts.Qdrant;
using Support.Knowledge;
using Support.Qdrant;
using Support.QdrantStandIn;
using Support.Retrieval.Outside;
using Support.Tenants;

namespace Support.Tests.Qdrant;

/// <summary>A desk whose index is in the stand-in: what these tests do, a real server cannot be made to do.</summary>
public abstract class QdrantTest : IAsyncLifetime
{
    protected TestQdrant Qdrant { get; private set; } = null!;

    protected KnowledgeDesk Desk { get; private set; } = null!;

    protected TenantId Tenant { get; private set; }

    protected StandInServer StandIn => Qdrant.StandIn!;

    protected virtual StandInOptions Options => new() { Records = true };

    public async ValueTask InitializeAsync()
    {
        Qdrant = await TestQdrant.StandInAsync(Options);
        Desk = await Qdrant.DeskAsync((services, configuration) => services.AddQdrant(configuration));
        Tenant = await Desk.AddTenantAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Qdrant.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another process of the same desk, with other settings.</summary>
    protected async Task<KnowledgeDesk> OtherDeskAsync(params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Qdrant.Settings);
        foreach (var (name, value) in settings)
            all[$"Support:Qdrant:{name}"] = value;
        return await KnowledgeDesk.CreateAsync(all, (services, configuration) => services.AddQdrant(configuration), ConnectionString);
    }

    protected string ConnectionString =>
        Desk.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Support.Database.DatabaseOptions>>().Value.ConnectionString;

    protected async Task<string> ProblemOfAskingAsync(KnowledgeDesk? desk = null) =>
        (await Assert.ThrowsAsync<KnowledgeIndexException>(() => (desk ?? Desk).AskAsync(Tenant, "какой возврат"))).Message;

    protected async Task<string> ProblemOfPublishingAsync(KnowledgeDesk? desk = null) =>
        (await Assert.ThrowsAsync<KnowledgeIndexException>(() => (desk ?? Desk).PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней.")))).Message;

    protected Task<long> PublishRulesAsync(string text = "Возврат за 14 дней.", string name = "rules") => Desk.PublishAsync(Tenant, name, Audience.Customers, ("Правила", text));
}
