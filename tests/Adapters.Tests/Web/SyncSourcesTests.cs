using Dapper;
using Microsoft.AspNetCore.Http;
using Support.Knowledge;
using Support.Tenants;

namespace Support.Tests.Web;

/// <summary>Documents that live at an address, from a real web server into a real database.</summary>
public sealed class SyncSourcesTests : SourceDesk
{
    [Fact]
    public async Task A_document_follows_its_address_and_is_asked_for_no_oftener_than_set()
    {
        Sources.Add(Source(Server.Text("/prices.csv", "lamp;3", "\"v1\"")));
        await RunAsync();
        await RunAsync();
        Assert.Equal(["prices.csv 1 queued lamp;3 for 0 by source"], await VersionsAsync());
        Assert.Single(Server.Requests);

        await AfterAsync(TimeSpan.FromMinutes(59));
        Assert.Single(Server.Requests);
        await AfterAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((2, "\"v1\""), (Server.Requests.Count, Server.Requests.Last().ETag));
        Assert.Single(await VersionsAsync());

        Server.Text("/prices.csv", "lamp;4", "\"v2\"");
        await AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(["prices.csv 1 superseded lamp;3 for 0 by source", "prices.csv 2 queued lamp;4 for 0 by source"], await VersionsAsync());
        Assert.Equal(2, await OneAsync<long>("select count(*) from job where queue = 'documents'", Database.Source));
    }

    [Fact]
    public async Task The_same_bytes_change_nothing_with_or_without_a_validator()
    {
        Sources.Add(Source(Server.Text("/prices.csv", "lamp;3")));
        await RunAsync();
        await AfterAsync(TimeSpan.FromHours(1));
        await AfterAsync(TimeSpan.FromHours(1));

        Assert.Equal(3, Server.Requests.Count);
        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task What_an_editor_does_with_the_document_stays_until_the_address_changes()
    {
        Sources.Add(Source(Server.Text("/prices.csv", "lamp;3")));
        await RunAsync();
        await using (var transaction = await Database.BeginAsync(Tenant, CancellationToken.None))
        {
            var document = await transaction.FirstAsync<long>("select id from document", null, CancellationToken.None);
            await RemoveDocument.InsideAsync(transaction, new NoFollower(), document, Owner, Now, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }

        await AfterAsync(TimeSpan.FromHours(1));
        Assert.Single(await VersionsAsync());

        Server.Text("/prices.csv", "lamp;4");
        await AfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, (await VersionsAsync()).Count);
    }

    [Fact]
    public async Task Another_address_or_other_readers_bring_it_anew()
    {
        var source = Source(Server.Text("/prices.csv", "lamp;3", "\"v1\""));
        Sources.Add(source);
        await RunAsync();

        source.Audience = "staff";
        await RunAsync();
        source.Url = Server.Text("/prices-2026.csv", "lamp;5", "\"v1\"").ToString();
        await RunAsync();

        Assert.Equal(["lamp;3 for 0", "lamp;3 for 1", "lamp;5 for 1"], (await VersionsAsync()).Select(v => string.Join(' ', v.Split(' ')[3..6])));
        Assert.All(Server.Requests, request => Assert.Null(request.ETag));
    }

    [Fact]
    public async Task Of_several_processes_one_fetches()
    {
        var (asked, answer) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Sources.Add(Source(Server.Page("/prices.csv", async context =>
        {
            Interlocked.Increment(ref asked);
            await answer.Task;
            await context.Response.WriteAsync("lamp;3");
        })));
        var first = Sync(await InstanceAsync()).RunAsync(CancellationToken.None);
        await Server.Asked.Task;

        await Sync(await InstanceAsync()).RunAsync(CancellationToken.None);
        answer.SetResult();
        await first;
        await Sync(await InstanceAsync()).RunAsync(CancellationToken.None);

        Assert.Equal(1, asked);
        Assert.Single(await VersionsAsync());
        Assert.Equal(0, await OneAsync<long>("select count(*) from lease", Database.Source));
    }

    [Fact]
    public async Task A_process_that_is_stopped_while_it_fetches_leaves_the_source_to_the_next()
    {
        Sources.Add(Source(Server.Silence("/prices.csv")));
        using var stopping = new CancellationTokenSource();
        var running = Sync(await InstanceAsync()).RunAsync(stopping.Token);
        await Server.Asked.Task;
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Server.Text("/prices.csv", "lamp;3");
        await RunAsync();

        Assert.Single(await VersionsAsync());
    }

    [Fact]
    public async Task A_process_that_dies_while_it_fetches_loses_the_lease_and_writes_nothing_afterwards()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Sources.Add(Source(Server.Page("/prices.csv", async context =>
        {
            await answer.Task;
            await context.Response.WriteAsync("old");
        })));
        var late = Sync(await InstanceAsync()).RunAsync(CancellationToken.None);
        await Server.Asked.Task;
        await using (var connection = await Database.Source.OpenConnectionAsync())
            await connection.ExecuteAsync("delete from lease");
        var source = Server.Text("/prices.csv", "new");
        await RunAsync();

        answer.SetResult();
        await late;

        Assert.Equal(["prices.csv 1 queued new for 0 by source"], await VersionsAsync());
        Assert.Equal("/prices.csv", source.AbsolutePath);
    }

    [Fact]
    public async Task Each_company_has_its_own_and_a_broken_source_does_not_keep_the_others()
    {
        var other = await new TenantSetup(Database, Bots, Box).EnsureTenantAsync("other", CancellationToken.None);
        Sources.Add(Source(Server.Status("/broken", 500), "broken.md"));
        Sources.Add(Source(Server.Text("/nobodys", "x"), "nobodys.md", tenant: "there is none"));
        Sources.Add(Source(Server.Text("/mine", "mine")));
        Sources.Add(Source(Server.Text("/theirs", "theirs"), tenant: "other"));
        await RunAsync();

        Assert.Equal(["prices.csv 1 queued mine for 0 by source"], await VersionsAsync());
        Assert.Equal(["prices.csv 1 queued theirs for 0 by source"], await VersionsAsync(other));
        Assert.DoesNotContain("/nobodys", Server.Requests.Select(r => r.Path));
    }
}
