using Support.Server.PrivateDatabase;

namespace Support.Server.Supervisor;

/// <summary>Keeps the private PostgreSQL running: starts it again when it dies, and lets it be stopped on purpose to watch what the desk does.</summary>
internal sealed class DatabaseKeeper(DataFolder data, ClusterLogins logins, Action<string> say, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Breather = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private PostgresCluster? _cluster;
    private volatile RunningPostgres? _running;
    private volatile bool _paused;
    private Task _watch = Task.CompletedTask;

    /// <summary>Called with the new connection string when PostgreSQL came back at another port.</summary>
    public Action<string>? Moved { get; set; }

    public string ConnectionString { get; private set; } = "";

    public bool IsUp => _running is { IsAlive: true };

    public async Task StartAsync(CancellationToken cancel)
    {
        var binaries = await new PostgresSource(data.Postgres, data.PostgresFromNpm, say).GetAsync(cancel);
        _cluster = new PostgresCluster(data.Postgres, binaries, logins, ClusterSettings.ForDesk, clock);
        if (!_cluster.Exists)
            say($"Database: PostgreSQL {binaries.Major} from {binaries.Folder} makes a private one");
        await _cluster.CreateAsync(cancel);
        _running = await _cluster.StartAsync(cancel);
        ConnectionString = _running.ConnectionString;
        say($"Database: PostgreSQL {binaries.Major} {(_running.StartedHere ? "runs" : "was still running and is taken over")} at 127.0.0.1:{_running.Port}");
        _watch = WatchAsync();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                if (_running is { } running)
                    await running.ExitedAsync(_end.Token);
                await Task.Delay(Breather, clock, _end.Token);
                await _turn.WaitAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                if (!_paused && !IsUp)
                {
                    say("Database: PostgreSQL has ended and is started again");
                    await StartAgainAsync(_end.Token);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is PrivateDatabaseException or Npgsql.NpgsqlException or IOException or UnauthorizedAccessException)
            {
                // Killed again while it started, or a full disk: the next round tries again.
                say($"Database: {e.Message}");
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task StartAgainAsync(CancellationToken cancel)
    {
        _running?.Dispose();
        _running = null;
        _running = await _cluster!.StartAsync(cancel);
        if (_running.ConnectionString == ConnectionString)
            return;

        ConnectionString = _running.ConnectionString;
        Moved?.Invoke(ConnectionString);
    }

    /// <summary>Stops PostgreSQL until <see cref="ResumeAsync"/>.</summary>
    public async Task PauseAsync(CancellationToken cancel)
    {
        _paused = true;
        await StopAsync(cancel);
    }

    public async Task ResumeAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _paused = false;
            if (!IsUp)
                await StartAgainAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task StopAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_running is { IsAlive: true } running)
                await running.StopAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops PostgreSQL for good.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        await StopAsync(CancellationToken.None);
        _running?.Dispose();
        _turn.Dispose();
        _end.Dispose();
    }
}
