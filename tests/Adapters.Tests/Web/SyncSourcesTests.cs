using Microsoft.Extensions.Configuration;
using System.Net;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Knowledge;
using Support.Tenants;
using Support.WebSources;

namespace Support.Tests.Web;

/// <summary>Documents that live at an address, from a real web server into a real database.</summary>
public sealed class SyncSourcesTests : IAsyncLifetime
{
    private const long Owner = 41;
    private const long Editor = 43;
    private static readonly BotId Bot = new(910001);
    private static readonly SecretBox Box = new("dGVzdCBtYXN0ZXIga2V5IHRlc3QgbWFzdGVyIGtleSE=");

    private readonly ManualClock _clock = new();
    private readonly List<SourceOptions> _sources = [];
    private readonly List<IAsyncDisposable> _opened = [];
    private SourceServer _server = null!;
    private WebSource _web = null!;
    private DeskDatabase _database = null!;
    private BotDirectory _bots = null!;
    private TenantId _tenant;

    public async ValueTask InitializeAsync()
    {
        _server = await SourceServer.StartAsync();
        _web = new WebSource(Dns.GetHostAddressesAsync, _clock);
        _database = new DeskDatabase(Options.Create(new DatabaseOptions { ConnectionString = await TestDatabase.CreateAsync(), Connections = 16 }));
        await new Migrator(_database).RunAsync(CancellationToken.None);
        _bots = new BotDirectory(_database, Box, _clock);
        var setup = new TenantSetup(_database, _bots, Box);
        _tenant = await setup.EnsureTenantAsync("default", CancellationToken.None);
        await setup.EnsureBotAsync(_tenant, Bot, "910001:secret", "acme_bot", CancellationToken.None);
        await setup.EnsureStaffAsync(_tenant, Bot, Owner, owner: true, admin: false, editor: false, CancellationToken.None);
        await ExecuteAsync("update person set started_at = now()");
    }

    [Fact]
    public async Task A_document_follows_its_address_and_is_asked_for_no_oftener_than_set()
    {
        _sources.Add(Source(_server.Text("/prices.csv", "lamp;3", "\"v1\"")));
        await RunAsync();
        await RunAsync();
        Assert.Equal(["prices.csv 1 queued lamp;3 for 0 by source"], await VersionsAsync());
        Assert.Single(_server.Requests);

        await AfterAsync(TimeSpan.FromMinutes(59));
        Assert.Single(_server.Requests);
        await AfterAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((2, "\"v1\""), (_server.Requests.Count, _server.Requests.Last().ETag));
        Assert.Single(await VersionsAsync());

        _server.Text("/prices.csv", "lamp;4", "\"v2\"");
        await AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(["prices.csv 1 superseded lamp;3 for 0 by source", "prices.csv 2 queued lamp;4 for 0 by source"], await VersionsAsync());
        Assert.Equal(2, await OneAsync<long>("select count(*) from job where queue = 'documents'", _database.Source));
    }

    [Fact]
    public async Task The_same_bytes_change_nothing_with_or_without_a_validator()
    {
        _sources.Add(Source(_server.Text("/prices.csv", "lamp;3")));
        await RunAsync();
        await AfterAsync(TimeSpan.FromHours(1));
        await AfterAsync(TimeSpan.FromHours(1));

        Assert.Equal(3, _server.Requests.Count);
        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task What_an_editor_does_with_the_document_stays_until_the_address_changes()
    {
        _sources.Add(Source(_server.Text("/prices.csv", "lamp;3")));
        await RunAsync();
        await using (var transaction = await _database.BeginAsync(_tenant, CancellationToken.None))
        {
            var document = await transaction.FirstAsync<long>("select id from document", null, CancellationToken.None);
            await RemoveDocument.InsideAsync(transaction, new NoFollower(), document, Owner, _clock.GetUtcNow(), CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }

        await AfterAsync(TimeSpan.FromHours(1));
        Assert.Single(await VersionsAsync());

        _server.Text("/prices.csv", "lamp;4");
        await AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, (await VersionsAsync()).Count);
    }

    [Fact]
    public async Task Another_address_or_other_readers_bring_it_anew()
    {
        var source = Source(_server.Text("/prices.csv", "lamp;3", "\"v1\""));
        _sources.Add(source);
        await RunAsync();

        source.Audience = "staff";
        await RunAsync();
        source.Url = _server.Text("/prices-2026.csv", "lamp;5", "\"v1\"").ToString();
        await RunAsync();

        Assert.Equal(["lamp;3 for 0", "lamp;3 for 1", "lamp;5 for 1"], (await VersionsAsync()).Select(v => string.Join(' ', v.Split(' ')[3..6])));
        Assert.All(_server.Requests, request => Assert.Null(request.ETag));
    }

    [Fact]
    public async Task A_failing_source_keeps_what_is_published_and_is_told_of_once_and_once_when_it_is_back()
    {
        _sources.Add(Source(_server.Text("/prices.csv", "lamp;3", "\"v1\"")));
        await RunAsync();
        _server.Status("/prices.csv", 500);
        await AfterAsync(TimeSpan.FromHours(1));
        for (var round = 2; round <= 8; round++)
        {
            Assert.Equal(round <= SyncSources.FailuresBeforeTelling ? 0 : 1, (await SaidAsync(Owner)).Count);
            await AfterAsync(TimeSpan.FromMinutes(15));
        }
        Assert.Equal(9, _server.Requests.Count);
        Assert.Equal([Phrases.Html("en", "source.failing", "prices.csv", 4, "its address answers with status 500")], await SaidAsync(Owner));
        Assert.Single(await VersionsAsync());

        _server.Text("/prices.csv", "lamp;3", "\"v1\"");
        await AfterAsync(TimeSpan.FromMinutes(15));
        await AfterAsync(TimeSpan.FromHours(1));

        Assert.Equal(Phrases.Html("en", "source.back", "prices.csv"), (await SaidAsync(Owner))[1]);
        Assert.Equal(2, (await SaidAsync(Owner)).Count);
        Assert.Single(await VersionsAsync());
        Assert.Equal("\"v1\"", _server.Requests.Last().ETag);
    }

    [Fact]
    public async Task Three_failures_and_then_an_answer_are_no_news()
    {
        _sources.Add(Source(_server.Status("/prices.csv", 503)));
        await RunAsync();
        await AfterAsync(TimeSpan.FromMinutes(15));
        await AfterAsync(TimeSpan.FromMinutes(15));
        _server.Text("/prices.csv", "lamp;3");
        await AfterAsync(TimeSpan.FromMinutes(15));

        Assert.Empty(await SaidAsync(Owner));
        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task Editors_whom_the_bot_may_write_to_are_told_instead_of_the_admins_in_their_language()
    {
        await ExecuteAsync($"insert into person (tenant_id, id, language, is_editor, started_at) values ('{_tenant}', {Editor}, 'ru', true, now())");
        _sources.Add(Source(_server.Status("/prices.csv", 404)));
        for (var round = 0; round < SyncSources.FailuresBeforeTelling; round++)
            await AfterAsync(TimeSpan.FromMinutes(15));

        Assert.Empty(await SaidAsync(Owner));
        Assert.StartsWith("«prices.csv» не удалось получить", Assert.Single(await SaidAsync(Editor)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_brought_again_and_again_but_told()
    {
        _sources.Add(Source(_server.Text("/prices.csv", "broken")));
        await RunAsync();
        await ExecuteAsync("""update document_version set state = 'refused', bytes = '', report = '{"reason": "prices.csv holds no text."}'""");
        await AfterAsync(TimeSpan.FromHours(1));
        for (var round = 0; round < 3; round++)
            await AfterAsync(TimeSpan.FromMinutes(15));

        Assert.Single(await VersionsAsync());
        Assert.Contains("cannot be read: prices.csv holds no text.", Assert.Single(await SaidAsync(Owner)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_processes_one_fetches()
    {
        var (asked, answer) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _sources.Add(Source(_server.Page("/prices.csv", async context =>
        {
            Interlocked.Increment(ref asked);
            await answer.Task;
            await context.Response.WriteAsync("lamp;3");
        })));
        var first = Sync(await InstanceAsync()).RunAsync(CancellationToken.None);
        await _server.Asked.Task;

        await Sync(await InstanceAsync()).RunAsync(CancellationToken.None);
        answer.SetResult();
        await first;
        await Sync(await InstanceAsync()).RunAsync(CancellationToken.None);

        Assert.Equal(1, asked);
        Assert.Single(await VersionsAsync());
        Assert.Equal(0, await OneAsync<long>("select count(*) from lease", _database.Source));
    }

    [Fact]
    public async Task A_process_that_is_stopped_while_it_fetches_leaves_the_source_to_the_next()
    {
        _sources.Add(Source(_server.Silence("/prices.csv")));
        using var stopping = new CancellationTokenSource();
        var running = Sync(await InstanceAsync()).RunAsync(stopping.Token);
        await _server.Asked.Task;
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        _server.Text("/prices.csv", "lamp;3");
        await RunAsync();

        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task A_process_that_dies_while_it_fetches_loses_the_lease_and_writes_nothing_afterwards()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sources.Add(Source(_server.Page("/prices.csv", async context =>
        {
            await answer.Task;
            await context.Response.WriteAsync("old");
        })));
        var late = Sync(await InstanceAsync()).RunAsync(CancellationToken.None);
        await _server.Asked.Task;
        await using (var connection = await _database.Source.OpenConnectionAsync())
            await connection.ExecuteAsync("delete from lease");
        var source = _server.Text("/prices.csv", "new");
        await RunAsync();

        answer.SetResult();
        await late;

        Assert.Equal(["prices.csv 1 queued new for 0 by source"], await VersionsAsync());
        Assert.Equal("/prices.csv", source.AbsolutePath);
    }

    [Fact]
    public async Task Each_company_has_its_own_and_a_broken_source_does_not_keep_the_others()
    {
        var other = await new TenantSetup(_database, _bots, Box).EnsureTenantAsync("other", CancellationToken.None);
        _sources.Add(Source(_server.Status("/broken", 500), "broken.md"));
        _sources.Add(Source(_server.Text("/nobodys", "x"), "nobodys.md", tenant: "there is none"));
        _sources.Add(Source(_server.Text("/mine", "mine")));
        _sources.Add(Source(_server.Text("/theirs", "theirs"), tenant: "other"));
        await RunAsync();

        Assert.Equal(["prices.csv 1 queued mine for 0 by source"], await VersionsAsync());
        Assert.Equal(["prices.csv 1 queued theirs for 0 by source"], await VersionsAsync(other));
        Assert.DoesNotContain("/nobodys", _server.Requests.Select(r => r.Path));
    }

    private static SourceOptions Source(Uri url, string name = "prices.csv", string tenant = "") => new() { Url = url.ToString(), Name = name, Tenant = tenant };

    private async Task AfterAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await RunAsync();
    }

    private async Task RunAsync() => await Sync(await InstanceAsync()).RunAsync(CancellationToken.None);

    private SyncSources Sync(WorkerInstance instance)
    {
        var list = new SourceList();
        list.Sources.AddRange(_sources);
        var queue = new PostgresWorkQueue(_database, instance, new QueueSignals(TimeProvider.System), new AcknowledgeFirst(TimeProvider.System));
        _opened.Add(queue);
        return new SyncSources(_database, instance, _bots, queue, new UploadKeys(new byte[32], null), new DefaultTenant(Options.Create(new DeskOptions()), [], new ConfigurationBuilder().Build()), _web.FetchAsync, new LargestDocument(100_000), Options.Create(list), _clock, NullLogger<SyncSources>.Instance);
    }

    private async Task<WorkerInstance> InstanceAsync()
    {
        var instance = new WorkerInstance(_database, TimeProvider.System);
        await instance.StartAsync(CancellationToken.None);
        _opened.Add(instance);
        return instance;
    }

    private Task<IReadOnlyList<string>> VersionsAsync(TenantId? tenant = null) => InAsync(tenant ?? _tenant, tx => tx.QueryAsync<string>(
        """
        select concat_ws(' ', d.name, v.version, v.state, convert_from(v.bytes, 'UTF8'), 'for', v.audience, 'by', v.uploaded_by)
        from document_version v join document d on d.id = v.document_id order by d.name, v.version
        """, null, CancellationToken.None));

    private Task<IReadOnlyList<string>> SaidAsync(long chat) => InAsync(_tenant, tx =>
        tx.QueryAsync<string>("select body ->> 'html' from outbox where chat_id = @chat order by id", new { chat }, CancellationToken.None));

    private Task ExecuteAsync(string sql) => InAsync(_tenant, tx => tx.ExecuteAsync(sql, null, CancellationToken.None));

    private async Task<T> InAsync<T>(TenantId tenant, Func<TenantTransaction, Task<T>> work)
    {
        await using var transaction = await _database.BeginAsync(tenant, CancellationToken.None);
        var result = await work(transaction);
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private static async Task<T> OneAsync<T>(string sql, Npgsql.NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T>(sql);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _opened)
            await one.DisposeAsync();
        _web.Dispose();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }
}
