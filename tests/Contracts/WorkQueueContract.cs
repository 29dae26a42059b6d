using System.Collections.Concurrent;
using System.Text;
using Support.Jobs;
using Xunit;

namespace Support.Contracts;

/// <summary>What every <see cref="IWorkQueue"/> promises. Each implementation inherits this and says how its time passes.</summary>
public abstract class WorkQueueContract : IAsyncLifetime
{
    private const string Name = Queues.Replies;
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(3);

    private IWorkQueue _queue = null!;

    /// <summary>An empty queue.</summary>
    protected abstract Task<IWorkQueue> CreateQueueAsync();

    /// <summary>Lets so much of the queue's time pass without waiting for it.</summary>
    protected abstract Task ElapseAsync(TimeSpan time);

    /// <summary>Takes what is due as another process would, which then dies; returns when it can be taken again.</summary>
    protected abstract Task DieHoldingAsync(string queue);

    protected abstract ValueTask RemoveQueueAsync();

    public async ValueTask InitializeAsync() => _queue = await CreateQueueAsync();

    public async ValueTask DisposeAsync()
    {
        await RemoveQueueAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_job_is_taken_as_it_was_put_and_gone_when_completed()
    {
        await PutAsync("{\"chat\":7}");

        var job = Assert.Single(await TakeAsync());
        Assert.Equal("{\"chat\":7}", Encoding.UTF8.GetString(job.Body.Span));
        Assert.Equal((Name, 0, 1), (job.Queue, job.Attempt, job.Taken));
        await _queue.CompleteAsync(job, CancellationToken.None);

        await ElapseAsync(Hidden);
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task A_delayed_job_is_not_there_before_its_time()
    {
        await PutAsync("later", TimeSpan.FromHours(1));
        Assert.Empty(await TakeAsync());

        await ElapseAsync(TimeSpan.FromHours(1));

        Assert.Single(await TakeAsync());
    }

    [Fact]
    public async Task A_taken_job_is_hidden_and_comes_back_with_another_receipt_when_its_worker_says_nothing()
    {
        await PutAsync("job");
        var first = Assert.Single(await TakeAsync());
        Assert.Empty(await TakeAsync());

        await ElapseAsync(Hidden);

        var second = Assert.Single(await TakeAsync());
        Assert.Equal((first.Id, 0, 2), (second.Id, second.Attempt, second.Taken));
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_returned_job_comes_back_after_its_pause_and_only_a_counted_return_is_an_attempt(bool counted, int attempts)
    {
        await PutAsync("job");
        await _queue.ReturnAsync(Assert.Single(await TakeAsync()), TimeSpan.FromMinutes(1), counted, CancellationToken.None);
        Assert.Empty(await TakeAsync());

        await ElapseAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(attempts, Assert.Single(await TakeAsync()).Attempt);
    }

    [Fact]
    public async Task A_job_can_be_returned_for_at_once()
    {
        await PutAsync("job");
        await _queue.ReturnAsync(Assert.Single(await TakeAsync()), TimeSpan.Zero, counted: false, CancellationToken.None);
        Assert.Single(await TakeAsync());
    }

    [Fact]
    public async Task A_late_worker_can_neither_complete_nor_return_what_another_has_taken()
    {
        await PutAsync("job");
        var late = Assert.Single(await TakeAsync());
        await ElapseAsync(Hidden);
        var current = Assert.Single(await TakeAsync());

        await _queue.ReturnAsync(late, TimeSpan.Zero, counted: true, CancellationToken.None);
        Assert.Empty(await TakeAsync());
        await _queue.CompleteAsync(late, CancellationToken.None);

        await ElapseAsync(Hidden);
        var again = Assert.Single(await TakeAsync());
        Assert.Equal((current.Id, 0), (again.Id, again.Attempt));
        await _queue.CompleteAsync(again, CancellationToken.None);
        await _queue.CompleteAsync(again, CancellationToken.None);
    }

    [Fact]
    public async Task Workers_that_take_at_the_same_time_never_share_a_job_and_never_take_more_than_they_asked_for()
    {
        const int Jobs = 200;
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => PutAsync($"job {i}")));
        var taken = new ConcurrentBag<TakenJob>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (await TakeAsync(most: 7) is { Count: > 0 } some)
            {
                Assert.InRange(some.Count, 1, 7);
                foreach (var job in some)
                    taken.Add(job);
            }
        }));

        Assert.Equal(Jobs, taken.Count);
        Assert.Equal(Jobs, taken.Select(job => Encoding.UTF8.GetString(job.Body.Span)).Distinct().Count());
    }

    [Fact]
    public async Task Bodies_of_any_bytes_and_up_to_a_megabyte_come_back_unchanged()
    {
        byte[][] bodies =
        [
            Encoding.UTF8.GetBytes("Где мой заказ? 🙋‍♀️ \"кавычки\" <b> & \u0000\r\n\uFFFE\uFFFF конец "),
            Encoding.UTF8.GetBytes("  " + string.Concat(Enumerable.Range(0, 0xD800).Select(c => (char)c)) + "\n"),
            Encoding.UTF8.GetBytes(new string('&', 20_000)),
            Encoding.UTF8.GetBytes(new string('я', 24 * 1024)),
            [.. Enumerable.Range(0, 48 * 1024).Select(i => (byte)(i * 31))],
            [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31))],
            [.. Enumerable.Range(0, 1024 * 1024 + 29).Select(i => (byte)(i * 31))],
            [0],
            [],
        ];
        foreach (var body in bodies)
        {
            await _queue.PutAsync(Name, body, TimeSpan.Zero, CancellationToken.None);
            var job = Assert.Single(await TakeAsync());
            Assert.Equal(body, job.Body.ToArray());
            Assert.Null(job.Unreadable);
            await _queue.ReturnAsync(job, TimeSpan.Zero, counted: true, CancellationToken.None);
            job = Assert.Single(await TakeAsync());
            Assert.Equal(body, job.Body.ToArray());
            await _queue.CompleteAsync(job, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Each_process_that_died_with_a_job_is_counted_and_no_return_is()
    {
        await PutAsync("job");
        await DieHoldingAsync(Name);
        var once = Assert.Single(await TakeAsync());
        Assert.Equal((1, 2), (once.Deaths, once.Taken));
        await _queue.ReturnAsync(once, TimeSpan.Zero, counted: false, CancellationToken.None);
        await DieHoldingAsync(Name);
        var twice = Assert.Single(await TakeAsync());
        await _queue.ReturnAsync(twice, TimeSpan.Zero, counted: true, CancellationToken.None);

        var last = Assert.Single(await TakeAsync());
        Assert.Equal((2, 1, 5), (last.Deaths, last.Attempt, last.Taken));
    }

    [Fact]
    public async Task A_job_remembers_when_it_was_put()
    {
        await PutAsync("job");
        var first = Assert.Single(await TakeAsync());
        await _queue.ReturnAsync(first, TimeSpan.FromHours(3), counted: false, CancellationToken.None);
        await ElapseAsync(TimeSpan.FromHours(3));

        Assert.Equal(first.PutAt, Assert.Single(await TakeAsync()).PutAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_queue_is_behind_when_something_has_been_due_for_longer_than_the_grace_and_nobody_took_it()
    {
        var grace = TimeSpan.FromSeconds(10);
        Assert.False(await _queue.IsBehindAsync(Name, grace, CancellationToken.None));
        await PutAsync("job", TimeSpan.FromMinutes(1));
        await ElapseAsync(TimeSpan.FromMinutes(1));
        Assert.False(await _queue.IsBehindAsync(Name, grace, CancellationToken.None));

        await ElapseAsync(grace + TimeSpan.FromSeconds(1));

        Assert.True(await _queue.IsBehindAsync(Name, grace, CancellationToken.None));
        Assert.False(await _queue.IsBehindAsync(Name, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.False(await _queue.IsBehindAsync(Queues.Questions, grace, CancellationToken.None));
        var job = Assert.Single(await TakeAsync());
        Assert.False(await _queue.IsBehindAsync(Name, grace, CancellationToken.None));
        await _queue.ReturnAsync(job, TimeSpan.Zero, counted: false, CancellationToken.None);
        Assert.False(await _queue.IsBehindAsync(Name, grace, CancellationToken.None));
    }

    [Fact]
    public async Task Many_puts_and_completions_at_once_lose_nothing()
    {
        const int Jobs = 1000;
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => PutAsync($"{i}")));

        var taken = new List<TakenJob>();
        while (await TakeAsync(most: 300) is { Count: > 0 } some)
            taken.AddRange(some);
        Assert.Equal(Jobs, taken.Count);

        await Task.WhenAll(taken.Take(Jobs / 2).Select(job => _queue.CompleteAsync(job, CancellationToken.None).AsTask()));
        await ElapseAsync(Hidden);
        Assert.Equal(taken.Skip(Jobs / 2).Select(job => job.Id).Order(), (await TakeAsync(most: Jobs)).Select(job => job.Id).Order());
    }

    [Fact]
    public async Task Queues_do_not_mix()
    {
        await _queue.PutAsync(Queues.Updates, "update"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        Assert.Empty(await TakeAsync());
        Assert.Single(await _queue.TakeAsync(Queues.Updates, 10, Hidden, CancellationToken.None));
    }

    private async Task PutAsync(string body, TimeSpan delay = default) =>
        await _queue.PutAsync(Name, Encoding.UTF8.GetBytes(body), delay, CancellationToken.None);

    private async Task<IReadOnlyList<TakenJob>> TakeAsync(int most = 10) => await _queue.TakeAsync(Name, most, Hidden, CancellationToken.None);
}
