using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Support.Database;
using Support.Knowledge;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Contracts;

/// <summary>A desk as its hosts put it together, without chats: companies publish and remove documents in a real PostgreSQL, and ask.</summary>
public sealed class KnowledgeDesk : IAsyncDisposable
{
    private KnowledgeDesk(ServiceProvider services) => Services = services;

    public ServiceProvider Services { get; }

    public IKnowledgeIndex Index => Services.GetRequiredService<IKnowledgeIndex>();

    public IKnowledgeFollower Follower => Services.GetRequiredService<IKnowledgeFollower>();

    public DeskDatabase Database => Services.GetRequiredService<DeskDatabase>();

    /// <param name="add">The adapters, as a host adds them.</param>
    /// <param name="database">Null: a fresh one.</param>
    public static async Task<KnowledgeDesk> CreateAsync(Dictionary<string, string?> settings, Action<IServiceCollection, IConfiguration> add, string? database = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(settings)
        {
            ["Support:Database:ConnectionString"] = database ?? await TestDatabase.CreateAsync("knowledge", MigrateAsync),
            ["Support:Security:MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        }).Build();
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        services.AddDesk(configuration);
        add(services, configuration);
        return new KnowledgeDesk(services.BuildServiceProvider());
    }

    public Task<TenantId> AddTenantAsync() => Services.GetRequiredService<TenantSetup>().EnsureTenantAsync(Guid.NewGuid().ToString("N"), CancellationToken.None);

    /// <summary>Published, and tidied up after as the queue would have it done. One chunk for each title and text.</summary>
    public async Task<long> PublishAsync(TenantId tenant, string name, Audience audience, params (string Title, string Text)[] chunks)
    {
        await using var transaction = await Database.BeginAsync(tenant, CancellationToken.None);
        var document = await PublishInsideAsync(transaction, name, audience, chunks);
        await transaction.CommitAsync(CancellationToken.None);
        if (transaction.WakeUps.Count > 0)
            await Follower.TidyAsync(tenant, document, CancellationToken.None);
        return document;
    }

    /// <summary>All but the commit.</summary>
    public async Task<long> PublishInsideAsync(TenantTransaction transaction, string name, Audience audience, params (string Title, string Text)[] chunks)
    {
        var uploaded = await UploadDocument.InsideAsync(transaction, new Upload(name, RandomNumberGenerator.GetBytes(8), audience, "test"), DateTimeOffset.UnixEpoch, CancellationToken.None);
        var drafts = chunks.Select((chunk, ordinal) => new ChunkDraft("", ordinal, name, null, chunk.Title, chunk.Text, SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{chunk.Title}\n{chunk.Text}"))));
        await PublishVersion.InsideAsync(
            transaction, Follower, uploaded.Document, uploaded.Version, audience, new Reading.Complete([], []), [.. drafts], DateTimeOffset.UnixEpoch, CancellationToken.None);
        return uploaded.Document;
    }

    /// <summary>What an editor writes after /synonyms.</summary>
    public Task<ChangeSynonyms> ChangeSynonymsAsync(TenantId tenant, string text) =>
        InAsync(tenant, transaction => KnownSynonyms.ChangeAsync(transaction, text, 1, DateTimeOffset.UnixEpoch, CancellationToken.None));

    /// <summary>Removed, but not tidied up after.</summary>
    public async Task RemoveAsync(TenantId tenant, long document)
    {
        await using var transaction = await Database.BeginAsync(tenant, CancellationToken.None);
        await RemoveDocument.InsideAsync(transaction, Follower, document, null, DateTimeOffset.UnixEpoch, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Asks for what is committed now.</summary>
    public async Task<Retrieved> AskAsync(TenantId tenant, string question, Audience audience = Audience.Customers)
    {
        await using var transaction = await Database.BeginAsync(tenant, CancellationToken.None);
        var change = await transaction.FirstAsync<long>("select knowledge_change from tenant", null, CancellationToken.None);
        await Index.ReachAsync(tenant, change, CancellationToken.None);
        return await Index.SearchAsync(tenant, audience, question, change, CancellationToken.None);
    }

    public async Task<IReadOnlyList<string>> TextsAsync(TenantId tenant, string question, Audience audience = Audience.Customers) =>
        [.. (await AskAsync(tenant, question, audience)).Passages.Select(passage => passage.Text)];

    public async Task<T> InAsync<T>(TenantId tenant, Func<TenantTransaction, Task<T>> work)
    {
        await using var transaction = await Database.BeginAsync(tenant, CancellationToken.None);
        var result = await work(transaction);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    public ValueTask DisposeAsync() => Services.DisposeAsync();

    private static async Task MigrateAsync(string connectionString)
    {
        await using var database = new DeskDatabase(Microsoft.Extensions.Options.Options.Create(new DatabaseOptions { ConnectionString = connectionString }));
        await new Migrator(database).RunAsync(CancellationToken.None);
    }
}
