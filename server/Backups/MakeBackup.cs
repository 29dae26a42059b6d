using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Npgsql;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;

namespace Support.Server.Backups;

/// <summary>Writes everything a desk must not lose into one file, while it runs or not.</summary>
internal sealed class MakeBackup(DataFolder data, Action<string> say, TimeProvider clock)
{
    public async Task RunAsync(string file, CancellationToken cancel)
    {
        if (PostgresCluster.MajorOf(data.Postgres) is not { } major)
            throw new UpException($"There is no private database in {data.Path}. Name the desk's folder with --data DIR; a database of your own is backed up with its own tools (pg_dump).");

        var logins = DeskSecrets.Open(data).Database;
        // Held until the end: no desk starts or stops under a backup of a stopped one.
        await using var turn = UpLock.TryTake(data);
        var cluster = new PostgresCluster(
            data.Postgres, await new PostgresSource(data.Postgres, data.PostgresFromNpm, say).GetAsync(cancel), logins, ClusterSettings.ForDesk, clock);
        using var postgres = await cluster.StartAsync(cancel);
        try
        {
            await WriteAsync(file, major, logins, postgres, cancel);
        }
        finally
        {
            if (turn is not null && postgres.IsAlive)
                await postgres.StopAsync(CancellationToken.None);
        }

        say($"{Path.GetFullPath(file)}: {new FileInfo(file).Length / 1024:N0} KiB. It holds the keys: keep it where you keep passwords.");
    }

    private async Task WriteAsync(string file, int major, ClusterLogins logins, RunningPostgres postgres, CancellationToken cancel)
    {
        var fresh = Path.GetFullPath(file) + ".new";
        try
        {
            PrivateFile.Write(fresh, "");
            await using (var stream = new FileStream(fresh, FileMode.Truncate))
            await using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            {
                var manifest = new BackupManifest(BackupManifest.CurrentFormat, clock.GetUtcNow(), major, await RolesAsync(postgres, cancel));
                await using (var entry = await zip.CreateEntry(BackupManifest.Entry).OpenAsync(cancel))
                    await JsonSerializer.SerializeAsync(entry, manifest, BackupJson.Default.BackupManifest, cancel);
                foreach (var small in SmallFiles())
                    await zip.CreateEntryFromFileAsync(small, Path.GetRelativePath(data.Path, small), cancel);
                await AddDatabaseAsync(zip, major, logins, postgres, cancel);
            }

            File.Move(fresh, file, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    private static async Task<IReadOnlyList<string>> RolesAsync(RunningPostgres postgres, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(postgres.AdminConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select rolname from pg_roles where rolname not like 'pg\\_%' and rolname not in ('postgres', 'support') order by rolname", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var roles = new List<string>();
        while (await reader.ReadAsync(cancel))
            roles.Add(reader.GetString(0));
        return roles;
    }

    private IEnumerable<string> SmallFiles() =>
        ((string[])[data.Secrets, data.Token, data.Samples]).Where(File.Exists)
            .Concat(Directory.Exists(data.Simulation) ? Directory.EnumerateFiles(data.Simulation, "*", SearchOption.AllDirectories) : []);

    private async Task AddDatabaseAsync(ZipArchive zip, int major, ClusterLogins logins, RunningPostgres postgres, CancellationToken cancel)
    {
        if ((await PostgresBinaries.FindAsync(data.PostgresFromNpm, cancel)).Where(found => found.Major >= major && found.Has("pg_dump")).MinBy(found => found.Major) is { } tools)
            await DumpAsync(zip, tools, logins, postgres, cancel);
        else if (postgres.StartedHere)
            await CopyFilesAsync(zip, postgres, cancel);
        else
            throw new UpException($"npm's PostgreSQL has no pg_dump, so a running desk cannot be backed up. Install PostgreSQL's client programs, {major} or newer (Debian: `apt-get install postgresql-client`), or stop the desk first.");
    }

    private static async Task DumpAsync(ZipArchive zip, PostgresBinaries tools, ClusterLogins logins, RunningPostgres postgres, CancellationToken cancel)
    {
        // A dump in this form is compressed already.
        await using var entry = await zip.CreateEntry(BackupManifest.Dump, CompressionLevel.NoCompression).OpenAsync(cancel);
        var start = new ProcessStartInfo(
            tools.Path("pg_dump"), ["--format=custom", "--host=127.0.0.1", $"--port={postgres.Port}", $"--username={ClusterLogins.Admin}", "--no-password", ClusterLogins.Database])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["PGPASSWORD"] = logins.AdminPassword },
        };
        using var dump = Process.Start(start) ?? throw new UpException($"{start.FileName} could not be started.");
        var errors = dump.StandardError.ReadToEndAsync(cancel);
        await dump.StandardOutput.BaseStream.CopyToAsync(entry, cancel);
        await dump.WaitForExitAsync(cancel);
        if (dump.ExitCode != 0)
            throw new UpException($"pg_dump failed: {(await errors).Trim()}");
    }

    /// <summary>The files themselves, of a cluster that was shut down cleanly: they fit only the same major version.</summary>
    private async Task CopyFilesAsync(ZipArchive zip, RunningPostgres postgres, CancellationToken cancel)
    {
        await postgres.StopAsync(cancel);
        foreach (var folder in Directory.EnumerateDirectories(data.Postgres, "*", SearchOption.AllDirectories))
            zip.CreateEntry(BackupManifest.Files + Path.GetRelativePath(data.Postgres, folder) + "/");
        foreach (var file in Directory.EnumerateFiles(data.Postgres, "*", SearchOption.AllDirectories))
            await zip.CreateEntryFromFileAsync(file, BackupManifest.Files + Path.GetRelativePath(data.Postgres, file), CompressionLevel.Fastest, cancel);
    }
}
