using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Knowledge;
using Support.Qdrant;
using Support.QdrantStandIn;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Bench.Quality;

/// <summary>A desk without its chats: one company whose knowledge is in PostgreSQL, and in both indexes.</summary>
internal sealed class OutsideDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly StandInServer? _standIn;
    private readonly IKnowledgeFollower _follower;
    private readonly DeskDatabase _database;
    private int _published;

    private OutsideDesk(ServiceProvider services, StandInServer? standIn, TenantId tenant)
    {
        _services = services;
        _standIn = standIn;
        Tenant = tenant;
        _database = services.GetRequiredService<DeskDatabase>();
        _follower = services.GetRequiredService<IKnowledgeFollower>();
        Outside = services.GetRequiredService<IKnowledgeIndex>();
        InProcess = new InProcessKnowledgeIndex(services.GetRequiredService<IChunkSource>(), new InProcessIndexOptions(), TimeProvider.System);
    }

    public TenantId Tenant { get; }

    public IKnowledgeIndex InProcess { get; }

    public IKnowledgeIndex Outside { get; }

    /// <param name="qdrant">Null: the stand-in of the tests is started.</param>
    public static async Task<OutsideDesk> StartAsync(string connectionString, Uri? qdrant, CancellationToken cancellation)
    {
        var standIn = qdrant is null ? await StandInServer.StartAsync(new StandInOptions()) : null;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Support:Database:ConnectionString"] = connectionString,
            ["Support:Security:MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Support:Qdrant:Url"] = (qdrant ?? standIn!.Url).ToString(),
            ["Support:Qdrant:Collection"] = $"agree-{Guid.NewGuid():N}",
        }).Build();
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        services.AddDesk(configuration);
        services.AddQdrant(configuration);
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<Migrator>().RunAsync(cancellation);
        var tenant = await provider.GetRequiredService<TenantSetup>().EnsureTenantAsync("agree", cancellation);
        return new OutsideDesk(provider, standIn, tenant);
    }

    /// <summary>As one document of as many chunks, each of which has its place in the set for its source.</summary>
    public async Task PublishAsync(IReadOnlyList<QualityDocument> documents, CancellationToken cancellation)
    {
        Uploaded uploaded;
        await using (var uploading = await _database.BeginAsync(Tenant, cancellation))
        {
            uploaded = await UploadDocument.InsideAsync(uploading, new Upload(documents[0].Id, Array.Empty<byte>(), Audience.Customers, "bench"), DateTimeOffset.UnixEpoch, cancellation);
            await uploading.CommitAsync(cancellation);
        }
        await using var transaction = await _database.BeginAsync(Tenant, cancellation);
        var drafts = documents.Select((document, ordinal) => Draft(document, ordinal, _published++.ToString(CultureInfo.InvariantCulture))).ToList();
        await PublishVersion.InsideAsync(
            transaction, _follower, uploaded.Document, uploaded.Version, Audience.Customers, new Reading.Complete([], []), drafts, DateTimeOffset.UnixEpoch, cancellation);
        await transaction.CommitAsync(cancellation);
        // As the queue would have it done.
        if (transaction.WakeUps.Count > 0)
            await _follower.TidyAsync(Tenant, uploaded.Document, cancellation);
    }

    private static ChunkDraft Draft(QualityDocument document, int ordinal, string source) =>
        new("", ordinal, source, null, document.Title, document.Text, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(document.Id)));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_standIn is not null)
            await _standIn.DisposeAsync();
    }
}
