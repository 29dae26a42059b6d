using System.Globalization;
using Support.Contracts;
using Support.Server.PrivateDatabase;

namespace Support.Tests.WholeApp.Kills;

/// <summary>A PostgreSQL as the desk runs it, fsync included, whose processes can be killed one by one or all at once.</summary>
internal sealed class KillablePostgres : IAsyncDisposable
{
    /// <summary>SIGSTOP of Linux.</summary>
    private const Signal Freeze = (Signal)19;

    private readonly PostgresCluster _cluster;
    private readonly ClusterLogins _logins;
    private RunningPostgres? _running;

    private KillablePostgres(PostgresCluster cluster, ClusterLogins logins)
    {
        _cluster = cluster;
        _logins = logins;
    }

    /// <summary>The end of PostgreSQL's own log, for whoever looks into a failure.</summary>
    public string LogTail => string.Join('\n', File.ReadLines(_cluster.LogFile).TakeLast(30));

    public string DeskConnectionString => _running!.ConnectionString;

    /// <summary>As superuser: whoever checks the books must see the rows of every tenant.</summary>
    public string CheckingConnectionString => _logins.AdminAt(_running!.Port, ClusterLogins.Database);

    public static async Task<KillablePostgres> CreateAsync()
    {
        var logins = ClusterLogins.Random();
        var binaries = (await PostgresBinaries.FindAsync(npmFolder: null, CancellationToken.None))[0];
        var cluster = new PostgresCluster(Path.Combine(TestFolders.New("killed"), "cluster"), binaries, logins, ClusterSettings.ForDesk, TimeProvider.System);
        await cluster.CreateAsync(CancellationToken.None);
        var postgres = new KillablePostgres(cluster, logins);
        await postgres.StartAsync();
        return postgres;
    }

    public async Task StartAsync()
    {
        var before = _running?.Port;
        _running?.Dispose();
        _running = await _cluster.StartAsync(CancellationToken.None);
        Assert.True(before is null || before == _running.Port, "PostgreSQL came back at another port, where the desk does not look for it.");
    }

    /// <summary>The postmaster and every process it started, as a power cut would end them.</summary>
    public async Task KillAsync()
    {
        // Stopped first: a process that it starts between the look and the kill would live on and hold the port.
        ProcessTable.Signal(_running!.Pid, Freeze);
        var backends = BackendsOf(_running.Pid);
        _running.Kill();
        foreach (var backend in backends)
            ProcessTable.Signal(backend, Signal.Kill);
        await _running.ExitedAsync(CancellationToken.None);
    }

    /// <summary>One process of it, which makes PostgreSQL throw all others out and recover by itself; or end, when it was the one that recovers.</summary>
    public void KillOneBackend(Random random)
    {
        var backends = BackendsOf(_running!.Pid);
        if (backends.Count > 0)
            ProcessTable.Signal(backends[random.Next(backends.Count)], Signal.Kill);
    }

    /// <summary>What `up` does when PostgreSQL has ended by itself.</summary>
    public async Task StartIfEndedAsync()
    {
        if (!_running!.IsAlive)
            await StartAsync();
    }

    private static List<int> BackendsOf(int postmaster)
    {
        var backends = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) && ParentOf(pid) == postmaster)
                backends.Add(pid);
        }
        return backends;
    }

    private static int? ParentOf(int pid)
    {
        try
        {
            // The name in parentheses may hold anything; after it come the state and the parent.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is { IsAlive: true })
            await KillAsync();
        _running?.Dispose();
    }
}
