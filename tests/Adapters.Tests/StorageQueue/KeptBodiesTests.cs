using Dapper;
using Npgsql;
using Support.Contracts;
using Support.Database;
using Support.Jobs;
using Support.StorageQueue;

namespace Support.Tests.StorageQueue;

/// <summary>Bodies that are too large for a message: where they lie, and that they go.</summary>
public sealed class KeptBodiesTests(DrivenAzurite driven) : IClassFixture<DrivenAzurite>, IAsyncLifetime
{
    private static readonly byte[] Large = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    private StorageDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await StorageDesk.OpenAsync(driven.Azurite.NewAccount(), driven.Azurite.Clock);

    [Fact]
    public async Task A_large_body_goes_with_its_job_and_a_return_keeps_it()
    {
        await PutAsync(Large);
        Assert.Matches("\"body\":{\"kept\":[0-9]+}}$", Assert.Single(await _desk.Client.PeekAsync(Queues.Updates, 1, CancellationToken.None)).Text);
        await _desk.Queue.ReturnAsync(Assert.Single(await TakeAsync()), TimeSpan.Zero, counted: true, CancellationToken.None);
        Assert.Equal(1, await _desk.CountAsync("kept_body"));

        var job = Assert.Single(await TakeAsync());
        Assert.Equal(Large, job.Body.ToArray());
        await _desk.Queue.CompleteAsync(job, CancellationToken.None);

        Assert.Equal(0, await _desk.CountAsync("kept_body"));
    }

    [Theory]
    [InlineData(49_000, 0)]
    [InlineData(49_200, 1)]
    public async Task Only_what_makes_a_message_larger_than_48_KiB_is_kept_apart(int size, int kept)
    {
        await PutAsync([.. Enumerable.Repeat((byte)'a', size)]);
        Assert.Equal(kept, await _desk.CountAsync("kept_body"));
        Assert.Equal(size, Assert.Single(await TakeAsync()).Body.Length);
    }

    [Fact]
    public async Task A_worker_that_is_too_late_takes_no_body_away()
    {
        await PutAsync(Large);
        var late = Assert.Single(await TakeAsync());
        await driven.Azurite.ElapseAsync(TimeSpan.FromMinutes(3));
        Assert.Single(await TakeAsync());

        await _desk.Queue.CompleteAsync(late, CancellationToken.None);
        await driven.Azurite.ElapseAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(Large, Assert.Single(await TakeAsync()).Body.ToArray());
    }

    [Fact]
    public async Task A_second_message_for_a_job_that_is_done_is_deleted_and_is_no_dead_letter()
    {
        await PutAsync(Large);
        var text = Assert.Single(await _desk.Client.PeekAsync(Queues.Updates, 1, CancellationToken.None)).Text;
        await _desk.Client.PutAsync(Queues.Updates, text, TimeSpan.Zero, CancellationToken.None);
        await _desk.Queue.CompleteAsync(Assert.Single(await TakeAsync(most: 1)), CancellationToken.None);

        Assert.Empty(await TakeAsync());

        Assert.Equal(0, await _desk.Client.CountAsync(Queues.Updates, CancellationToken.None));
        var refused = await Assert.ThrowsAsync<UnreadableMessageException>(() => _desk.Queue.ReadAsync(Queues.Updates, "1", text, 1, CancellationToken.None).AsTask());
        Assert.True(refused.IsFinished);
    }

    [Fact]
    public async Task A_job_that_waited_longer_than_bodies_are_kept_is_unreadable()
    {
        await PutAsync(Large);
        await ForgetOldAsync("8 days");
        Assert.Equal(0, await _desk.CountAsync("kept_body"));
        await driven.Azurite.ElapseAsync(KeptBodies.Age);

        Assert.Equal("Its body was kept for 8 days and is gone.", Assert.Single(await TakeAsync()).Unreadable);
    }

    [Fact]
    public async Task The_sweep_leaves_bodies_that_are_not_old()
    {
        await PutAsync(Large);
        await ForgetOldAsync("7 days 23 hours");
        Assert.Equal(1, await _desk.CountAsync("kept_body"));
    }

    [Fact]
    public async Task The_functions_host_forgets_a_body_itself_and_a_new_message_keeps_it()
    {
        await PutAsync(Large);
        var message = Assert.Single(await _desk.Client.GetAsync(Queues.Updates, 1, TimeSpan.FromHours(1), CancellationToken.None));
        var held = await _desk.Queue.ReadAsync(Queues.Updates, message.Id, message.Text, message.DequeueCount, CancellationToken.None);
        await _desk.Queue.PutAgainAsync(held, TimeSpan.Zero, counted: false, CancellationToken.None);
        Assert.Equal(1, await _desk.CountAsync("kept_body"));
        Assert.Equal(Large, Assert.Single(await TakeAsync()).Body.ToArray());

        await _desk.Queue.ForgetAsync(held, CancellationToken.None);

        Assert.Equal(0, await _desk.CountAsync("kept_body"));
    }

    [Fact]
    public async Task While_the_database_is_away_small_jobs_go_on_and_large_ones_come_back_uncounted()
    {
        await PutAsync(Large);
        await PutAsync("small"u8.ToArray());
        await ConnectionsAsync(allowed: false);

        var small = Assert.Single(await TakeAsync());
        Assert.Equal("small"u8.ToArray(), small.Body.ToArray());
        var away = await Assert.ThrowsAsync<QueueUnavailableException>(() => PutAsync(Large));
        Assert.Contains("The database does not answer", away.Message);

        await ConnectionsAsync(allowed: true);
        await driven.Azurite.ElapseAsync(TimeSpan.FromSeconds(1));
        var large = Assert.Single(await TakeAsync());
        Assert.Equal((0, 0, 2), (large.Attempt, large.Deaths, large.Taken));
        Assert.Equal(Large, large.Body.ToArray());
    }

    /// <summary>Without, PostgreSQL refuses the desk as it does when others have taken all its connections.</summary>
    private async Task ConnectionsAsync(bool allowed)
    {
        var address = _desk.Get<DeskDatabase>().Unpooled;
        var database = new NpgsqlConnectionStringBuilder(address).Database!;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(await TestDatabase.AsAdministratorAsync(address)) { Database = "postgres" }.ConnectionString);
        await connection.ExecuteAsync($"alter database {database} connection limit {(allowed ? -1 : 0)}");
        await connection.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = @database", new { database });
    }

    private async Task ForgetOldAsync(string age)
    {
        await using (var connection = await _desk.Get<DeskDatabase>().Source.OpenConnectionAsync())
            await connection.ExecuteAsync($"update kept_body set at = now() - interval '{age}'");
        await _desk.Get<Sweep>().TidyAsync(CancellationToken.None);
    }

    private Task PutAsync(byte[] body) => _desk.Queue.PutAsync(Queues.Updates, body, TimeSpan.Zero, CancellationToken.None).AsTask();

    private Task<IReadOnlyList<TakenJob>> TakeAsync(int most = 10) => _desk.TakeAsync(Queues.Updates, most);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
