using System.Text;
using Dapper;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Database;
using Support.Jobs;
using Xunit;

namespace Support.Tests.Jobs;

public sealed class LocalWorkQueueTests : IAsyncLifetime
{
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(3);
    private readonly ManualClock _clock = new();
    private DeskDatabase _database = null!;
    private PostgresWorkQueue _below = null!;
    private LocalWorkQueue _queue = null!;

    public async ValueTask InitializeAsync()
    {
        _database = new DeskDatabase(Options.Create(new DatabaseOptions { ConnectionString = await TestDatabase.CreateAsync() }));
        await new Migrator(_database).RunAsync(CancellationToken.None);
        var signals = new QueueSignals(_clock);
        _below = new PostgresWorkQueue(_database, new WorkerInstance(_database, _clock), signals, new AcknowledgeFirst(_clock));
        _queue = new LocalWorkQueue(_below, signals, _clock);
    }

    [Fact]
    public async Task A_wake_up_that_is_due_is_taken_here_and_leaves_no_row()
    {
        await PutAsync(Queues.Questions, "one");
        Assert.Equal(0, await RowsAsync());

        var job = Assert.Single(await TakeAsync(Queues.Questions));
        Assert.Equal("one", Text(job));
        await _queue.CompleteAsync(job, CancellationToken.None);
        Assert.Empty(await TakeAsync(Queues.Questions));
    }

    [Fact]
    public async Task Updates_documents_and_what_is_due_later_are_rows()
    {
        await PutAsync(Queues.Updates, "update");
        await PutAsync(Queues.Documents, "document");
        await PutAsync(Queues.Questions, "later", TimeSpan.FromSeconds(30));

        Assert.Equal(3, await RowsAsync());
        Assert.Equal("update", Text(Assert.Single(await TakeAsync(Queues.Updates))));
        Assert.Empty(await TakeAsync(Queues.Questions));
    }

    [Fact]
    public async Task What_waits_already_is_not_put_twice_but_what_was_taken_is_put_again()
    {
        await PutAsync(Queues.Replies, "chat");
        await PutAsync(Queues.Replies, "chat");
        Assert.Single(await TakeAsync(Queues.Replies));

        await PutAsync(Queues.Replies, "chat");
        Assert.Single(await TakeAsync(Queues.Replies));
    }

    [Fact]
    public async Task A_returned_wake_up_comes_back_after_its_pause_with_its_attempts_counted()
    {
        await PutAsync(Queues.Questions, "one");
        var job = Assert.Single(await TakeAsync(Queues.Questions));
        await _queue.ReturnAsync(job, TimeSpan.FromSeconds(2), counted: true, CancellationToken.None);
        Assert.Empty(await TakeAsync(Queues.Questions));

        _clock.Advance(TimeSpan.FromSeconds(2));
        var again = await Eventually.GetAsync(async () => (await TakeAsync(Queues.Questions)).SingleOrDefault(), "the wake-up comes back");
        Assert.Equal((1, 2), (again.Attempt, again.Taken));
        Assert.Equal(0, await RowsAsync());
    }

    [Fact]
    public async Task Rows_are_taken_however_much_there_is_to_do_here()
    {
        await _below.PutAsync(Queues.Questions, Encoding.UTF8.GetBytes("row"), TimeSpan.Zero, CancellationToken.None);
        for (var i = 0; i < 10; i++)
            await PutAsync(Queues.Questions, $"local {i}");

        var first = await _queue.TakeAsync(Queues.Questions, 2, Hidden, CancellationToken.None);
        Assert.Equal("row", Text(first[0]));
        Assert.StartsWith("local", Text(first[1]));
    }

    [Fact]
    public async Task What_is_left_when_the_process_ends_goes_to_the_others()
    {
        await PutAsync(Queues.Replies, "chat");
        await _queue.DisposeAsync();
        Assert.Equal("chat", Text(Assert.Single(await _below.TakeAsync(Queues.Replies, 10, Hidden, CancellationToken.None))));
    }

    [Fact]
    public async Task Once_nothing_waits_below_an_update_is_kept_as_taken_and_handed_over()
    {
        Assert.Empty(await TakeAsync(Queues.Updates));

        await PutAsync(Queues.Updates, "one");
        Assert.Empty(await _below.TakeAsync(Queues.Updates, 10, Hidden, CancellationToken.None));
        Assert.Equal(1, await RowsAsync());

        var job = Assert.Single(await TakeAsync(Queues.Updates));
        Assert.Equal(("one", 0, 1), (Text(job), job.Attempt, job.Taken));
        await _queue.CompleteAsync(job, CancellationToken.None);
        Assert.Equal(0, await RowsAsync());
    }

    [Fact]
    public async Task An_update_that_was_handed_over_can_be_returned_and_comes_back()
    {
        Assert.Empty(await TakeAsync(Queues.Updates));
        await PutAsync(Queues.Updates, "one");
        await _queue.ReturnAsync(Assert.Single(await TakeAsync(Queues.Updates)), TimeSpan.Zero, counted: true, CancellationToken.None);

        var again = Assert.Single(await TakeAsync(Queues.Updates));
        Assert.Equal(("one", 1, 2), (Text(again), again.Attempt, again.Taken));
    }

    [Fact]
    public async Task No_update_overtakes_one_that_waits_below()
    {
        var expected = Enumerable.Range(0, 600).Select(i => $"{i:000}").ToList();
        Assert.Empty(await TakeAsync(Queues.Updates));

        // More than is handed over: the later ones are rows, and the last ones must not pass them.
        var taken = new List<string>();
        foreach (var update in expected)
        {
            await PutAsync(Queues.Updates, update);
            if (update is "400" or "550")
                await TakeSomeAsync(4);
        }
        while (taken.Count < expected.Count)
            await TakeSomeAsync(1);
        Assert.Equal(expected, taken);

        async Task TakeSomeAsync(int times)
        {
            for (var i = 0; i < times; i++)
                taken.AddRange((await _queue.TakeAsync(Queues.Updates, 64, Hidden, CancellationToken.None)).Select(Text));
        }
    }

    [Fact]
    public async Task What_other_processes_put_is_taken_however_much_there_is_to_do_here()
    {
        Assert.Empty(await TakeAsync(Queues.Updates));
        await _below.PutAsync(Queues.Updates, Encoding.UTF8.GetBytes("row"), TimeSpan.Zero, CancellationToken.None);
        for (var i = 0; i < 10; i++)
            await PutAsync(Queues.Updates, $"own {i}");
        _clock.Advance(TimeSpan.FromSeconds(1));

        var taken = await _queue.TakeAsync(Queues.Updates, 20, Hidden, CancellationToken.None);
        Assert.Equal(11, taken.Count);
        Assert.Contains(taken, job => Text(job) == "row");
    }

    private ValueTask PutAsync(string queue, string body, TimeSpan delay = default) =>
        _queue.PutAsync(queue, Encoding.UTF8.GetBytes(body), delay, CancellationToken.None);

    private ValueTask<IReadOnlyList<TakenJob>> TakeAsync(string queue) => _queue.TakeAsync(queue, 10, Hidden, CancellationToken.None);

    private static string Text(TakenJob job) => Encoding.UTF8.GetString(job.Body.Span);

    private async Task<long> RowsAsync()
    {
        await using var connection = await _database.Source.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>("select count(*) from job");
    }

    public async ValueTask DisposeAsync()
    {
        await _below.DisposeAsync();
        await _database.DisposeAsync();
    }
}
