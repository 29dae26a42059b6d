using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Support.Server.PrivateDatabase;

/// <summary>A PostgreSQL of the desk's own in one folder: made once, started at a port of its own, taken over when a killed process left it running.</summary>
internal sealed class PostgresCluster(string folder, PostgresBinaries binaries, ClusterLogins logins, ClusterSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan PortPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(15);

    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Where PostgreSQL writes its log: beside the cluster, so that it outlives a cluster that is thrown away.</summary>
    public string LogFile => Folder + ".log";

    public bool Exists => File.Exists(Path.Combine(Folder, "PG_VERSION"));

    /// <summary>The major version that made the cluster in this folder, or null when there is none yet.</summary>
    public static int? MajorOf(string folder)
    {
        var file = Path.Combine(folder, "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
    }

    public async Task CreateAsync(CancellationToken cancel)
    {
        if (Exists)
            return;

        // An initdb that was killed leaves a folder it would refuse to use again.
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        OrdinaryUser.Give(Folder);

        var passwordFile = Folder + ".password";
        PrivateFile.Write(passwordFile, logins.AdminPassword);
        OrdinaryUser.Give(passwordFile);
        try
        {
            foreach (var locale in LocalesToTry())
            {
                var run = await Command.RunAsync(
                    OrdinaryUser.Command(
                        binaries.Path("initdb"),
                        ["-D", Folder, "-U", ClusterLogins.Admin, "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--no-instructions", .. locale, .. NoSync]),
                    cancel);
                if (run.ExitCode == 0)
                {
                    File.AppendAllText(Path.Combine(Folder, "postgresql.conf"), $"\ninclude '{ClusterSettings.FileName}'\n");
                    return;
                }

                if (!run.Output.Contains("locale", StringComparison.OrdinalIgnoreCase))
                    throw new PrivateDatabaseException($"PostgreSQL {binaries.Major} could not create a cluster in {Folder}: {run.LastLines(4)}");
            }

            throw new PrivateDatabaseException($"PostgreSQL {binaries.Major} could not create a cluster in {Folder}: it knows neither the locale C.UTF-8 nor C.");
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    private string[] NoSync => settings.Durable ? [] : ["--no-sync"];

    // The built-in C.UTF-8 does not change with the operating system's library, so an upgrade of it cannot break an index.
    private IEnumerable<string[]> LocalesToTry()
    {
        if (binaries.Major >= 17)
            yield return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
        yield return ["--locale=C.UTF-8"];
        yield return ["--locale=C"];
    }

    /// <summary>Starts PostgreSQL, or takes over the one that already serves this folder, and makes sure that the desk's role and database are there.</summary>
    public async Task<RunningPostgres> StartAsync(CancellationToken cancel)
    {
        var running = await TakeOverAsync(cancel) ?? await StartNewAsync(cancel);
        await running.PrepareAsync(logins, cancel);
        return running;
    }

    private async Task<RunningPostgres?> TakeOverAsync(CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        while (PostmasterFile.Read(Folder) is { } left)
        {
            if (!left.IsAlive(Folder))
            {
                File.Delete(PostmasterFile.In(Folder));
                return null;
            }

            if (left.IsReady && await AnswersAsync(left.Port, cancel))
                return new RunningPostgres(left.Pid, left.Port, Folder, process: null, logins, clock);

            // It is starting, stopping, or stuck: the first two end by themselves.
            if (clock.GetElapsedTime(begun) > TimeSpan.FromSeconds(10))
                ProcessTable.Signal(left.Pid, Signal.Quit);
            await Task.Delay(Glance, clock, cancel);
        }

        return null;
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(logins.AdminAt(port));
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<RunningPostgres> StartNewAsync(CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        RotateLog();
        while (true)
        {
            var port = await PortAsync(cancel);
            settings.Write(Folder, port);
            var process = Process.Start(OrdinaryUser.Detached(binaries.Path("postgres"), ["-D", Folder], LogFile))
                ?? throw new PrivateDatabaseException($"{binaries.Path("postgres")} could not be started.");
            if (await ReadyAsync(process, begun, cancel))
                return new RunningPostgres(process.Id, port, Folder, process, logins, clock);

            process.Dispose();
            // After kill -9 the old backends hold the shared memory for a moment, and a port may be taken between the look and the bind.
            if (clock.GetElapsedTime(begun) > StartPatience || !LogTail().Contains("still in use", StringComparison.Ordinal) && !LogTail().Contains("could not bind", StringComparison.Ordinal))
                throw new PrivateDatabaseException($"PostgreSQL {binaries.Major} did not start in {Folder}. Its log, {LogFile}, ends with: {LogTail()}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancel);
        }
    }

    /// <summary>The port it had before. After kill -9 a process that was about to serve a connection may hold it for a moment longer; who else has it keeps it.</summary>
    private async Task<int> PortAsync(CancellationToken cancel)
    {
        if (ClusterSettings.PortIn(Folder) is not { } kept)
            return LoopbackPort.Free();
        for (var begun = clock.GetTimestamp(); clock.GetElapsedTime(begun) < PortPatience;)
        {
            if (LoopbackPort.IsFree(kept))
                return kept;
            await Task.Delay(Glance, clock, cancel);
        }
        return LoopbackPort.Free();
    }

    private async Task<bool> ReadyAsync(Process process, long begun, CancellationToken cancel)
    {
        while (!process.HasExited)
        {
            if (PostmasterFile.Read(Folder) is { IsReady: true } file && file.Pid == process.Id)
                return true;
            if (clock.GetElapsedTime(begun) > StartPatience * 10)
                return false;
            await Task.Delay(Glance, clock, cancel);
        }

        return false;
    }

    private void RotateLog()
    {
        if (new FileInfo(LogFile) is { Exists: true, Length: > 10_000_000 })
            File.Move(LogFile, LogFile + ".old", overwrite: true);
    }

    private string LogTail() =>
        File.Exists(LogFile) ? string.Join(" | ", File.ReadLines(LogFile).TakeLast(4)) : "(no log)";
}
