using Npgsql;
using Support.Server.PrivateDatabase;

namespace Support.Bench.Speed;

/// <summary>A PostgreSQL as `up` makes it, with every commit on the disk, in a folder that is removed afterwards.</summary>
internal sealed class BenchPostgres : IAsyncDisposable
{
    private readonly string _folder;
    private readonly PostgresCluster _cluster;
    private readonly ClusterLogins _logins;
    private RunningPostgres _running;

    private BenchPostgres(string folder, PostgresCluster cluster, ClusterLogins logins, RunningPostgres running)
    {
        _folder = folder;
        _cluster = cluster;
        _logins = logins;
        _running = running;
    }

    public int Pid => _running.Pid;

    public string ConnectionString => _running.ConnectionString;

    /// <summary>The desk's database for the superuser, whom row-level security does not hold.</summary>
    public string AdminConnectionString => _logins.AdminAt(_running.Port, ClusterLogins.Database);

    public string LogFile => _cluster.LogFile;

    public static Task<BenchPostgres> StartAsync(CancellationToken cancellation) =>
        StartAsync(Directory.CreateTempSubdirectory("support-bench-").FullName, cancellation);

    /// <param name="folder">Is removed afterwards.</param>
    public static async Task<BenchPostgres> StartAsync(string folder, CancellationToken cancellation)
    {
        var cluster = Path.Combine(folder, "postgres");
        var binaries = await new PostgresSource(cluster, Path.Combine(folder, "npm"), Console.Error.WriteLine).GetAsync(cancellation);
        var logins = ClusterLogins.Random();
        var made = new PostgresCluster(cluster, binaries, logins, ClusterSettings.ForDesk, TimeProvider.System);
        await made.CreateAsync(cancellation);
        var running = await made.StartAsync(cancellation);
        await using var connection = new NpgsqlConnection(running.ConnectionString);
        await connection.OpenAsync(cancellation);
        Machine.PostgresVersion = connection.PostgreSqlVersion.ToString();
        return new BenchPostgres(folder, made, logins, running);
    }

    /// <summary>kill -9, and up again: what is there now was written before it was promised.</summary>
    public async Task CrashAsync(CancellationToken cancellation)
    {
        _running.Kill();
        await _running.ExitedAsync(cancellation);
        _running.Dispose();
        _running = await _cluster.StartAsync(cancellation);
        NpgsqlConnection.ClearAllPools();
    }

    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        return await read(connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running.IsAlive)
            await _running.StopAsync(CancellationToken.None);
        _running.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
