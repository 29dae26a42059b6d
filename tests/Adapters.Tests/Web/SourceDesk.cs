using System.Net;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Database;
using Support.Jobs;
using Support.Knowledge;
using Support.Tenants;
using Support.WebSources;

namespace Support.Tests.Web;

/// <summary>A company with sources: a real web server, a real database, and as many processes as a test starts.</summary>
public abstract class SourceDesk : IAsyncLifetime
{
    protected const long Owner = 41;
    protected const long Editor = 43;
    private static readonly BotId Bot = new(910001);
    protected static readonly SecretBox Box = new("dGVzdCBtYXN0ZXIga2V5IHRlc3QgbWFzdGVyIGtleSE=");

    private readonly ManualClock _clock = new();
    private readonly List<IAsyncDisposable> _opened = [];
    private WebSource _web = null!;

    protected List<SourceOptions> Sources { get; } = [];

    internal SourceServer Server { get; private set; } = null!;

    protected DeskDatabase Database { get; private set; } = null!;

    protected BotDirectory Bots { get; private set; } = null!;

    protected TenantId Tenant { get; private set; }

    protected DateTimeOffset Now => _clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        Server = await SourceServer.StartAsync();
        _web = new WebSource(Dns.GetHostAddressesAsync, _clock);
        Database = new DeskDatabase(Options.Create(new DatabaseOptions { ConnectionString = await TestDatabase.CreateAsync(), Connections = 16 }));
        await new Migrator(Database).RunAsync(CancellationToken.None);
        Bots = new BotDirectory(Database, Box, _clock);
        var setup = new TenantSetup(Database, Bots, Box);
        Tenant = await setup.EnsureTenantAsync("default", CancellationToken.None);
        await setup.EnsureBotAsync(Tenant, Bot, "910001:secret", "acme_bot", CancellationToken.None);
        await setup.EnsureStaffAsync(Tenant, Bot, Owner, owner: true, admin: false, editor: false, CancellationToken.None);
        await ExecuteAsync("update person set started_at = now()");
    }

    protected static SourceOptions Source(Uri url, string name = "prices.csv", string tenant = "") => new() { Url = url.ToString(), Name = name, Tenant = tenant };

    protected async Task AfterAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await RunAsync();
    }

    protected async Task RunAsync() => await Sync(await InstanceAsync()).RunAsync(CancellationToken.None);

    protected SyncSources Sync(WorkerInstance instance)
    {
        var list = new SourceList();
        list.Sources.AddRange(Sources);
        var queue = new PostgresWorkQueue(Database, instance, new QueueSignals(TimeProvider.System), new AcknowledgeFirst(TimeProvider.System));
        _opened.Add(queue);
        return new SyncSources(Database, instance, Bots, queue, new UploadKeys(new byte[32], null), new DefaultTenant(Options.Create(new DeskOptions()), [], new ConfigurationBuilder().Build()), _web.FetchAsync, new LargestDocument(100_000), Options.Create(list), _clock, NullLogger<SyncSources>.Instance);
    }

    protected async Task<WorkerInstance> InstanceAsync()
    {
        var instance = new WorkerInstance(Database, TimeProvider.System);
        await instance.StartAsync(CancellationToken.None);
        _opened.Add(instance);
        return instance;
    }

    protected Task<IReadOnlyList<string>> VersionsAsync(TenantId? tenant = null) => InAsync(tenant ?? Tenant, tx => tx.QueryAsync<string>(
        """
        select concat_ws(' ', d.name, v.version, v.state, convert_from(v.bytes, 'UTF8'), 'for', v.audience, 'by', v.uploaded_by)
        from document_version v join document d on d.id = v.document_id order by d.name, v.version
        """, null, CancellationToken.None));

    protected Task<IReadOnlyList<string>> SaidAsync(long chat) => InAsync(Tenant, tx =>
        tx.QueryAsync<string>("select body ->> 'html' from outbox where chat_id = @chat order by id", new { chat }, CancellationToken.None));

    protected Task ExecuteAsync(string sql) => InAsync(Tenant, tx => tx.ExecuteAsync(sql, null, CancellationToken.None));

    private async Task<T> InAsync<T>(TenantId tenant, Func<TenantTransaction, Task<T>> work)
    {
        await using var transaction = await Database.BeginAsync(tenant, CancellationToken.None);
        var result = await work(transaction);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    protected static async Task<T> OneAsync<T>(string sql, Npgsql.NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T>(sql);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var one in _opened)
            await one.DisposeAsync();
        _web.Dispose();
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }
}
