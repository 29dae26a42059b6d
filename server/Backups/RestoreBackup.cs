using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Npgsql;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;

namespace Support.Server.Backups;

/// <summary>Fills an empty data folder from a backup. The next <c>up</c> there goes on where the backup was made.</summary>
internal sealed class RestoreBackup(Action<string> say, TimeProvider clock)
{
    public async Task RunAsync(string file, string folder, CancellationToken cancel)
    {
        if (!File.Exists(file))
            throw new UpException($"There is no file {file}.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UpException($"{Path.GetFullPath(folder)} is not empty, and a backup is restored only into an empty folder. Move it away, or name another one with --data DIR.");

        var data = DataFolder.Open(folder);
        var whole = false;
        try
        {
            await FillAsync(file, data, cancel);
            whole = true;
        }
        finally
        {
            // Half a desk must not be started by mistake.
            if (!whole)
            {
                foreach (var entry in Directory.EnumerateDirectories(data.Path))
                    Directory.Delete(entry, recursive: true);
                foreach (var entry in Directory.EnumerateFiles(data.Path))
                    File.Delete(entry);
            }
        }

        say($"{data.Path} is restored. Start it with `up --data {data.Path}`.");
    }

    private async Task FillAsync(string file, DataFolder data, CancellationToken cancel)
    {
        var manifest = await ReadManifestAsync(file, cancel);
        await ZipFile.ExtractToDirectoryAsync(file, data.Path, cancel);
        File.Delete(Path.Combine(data.Path, BackupManifest.Entry));
        PrivateFile.Write(data.Secrets, await File.ReadAllTextAsync(data.Secrets, cancel));
        if (File.Exists(data.Token))
            PrivateFile.Write(data.Token, await File.ReadAllTextAsync(data.Token, cancel));

        var dump = Path.Combine(data.Path, BackupManifest.Dump);
        if (File.Exists(dump))
            await LoadAsync(dump, manifest, data, cancel);
        else
            await TryFilesAsync(data, cancel);
    }

    private static async Task<BackupManifest> ReadManifestAsync(string file, CancellationToken cancel)
    {
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(file, cancel);
            if (zip.GetEntry(BackupManifest.Entry) is { } entry)
            {
                await using var stream = await entry.OpenAsync(cancel);
                if (await JsonSerializer.DeserializeAsync(stream, BackupJson.Default.BackupManifest, cancel) is { Format: BackupManifest.CurrentFormat } manifest)
                    return manifest;
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new UpException($"{file} is not a whole backup: {e.Message}");
        }

        throw new UpException($"{file} is no backup that this version can read.");
    }

    private async Task LoadAsync(string dump, BackupManifest manifest, DataFolder data, CancellationToken cancel)
    {
        var tools = (await PostgresBinaries.FindAsync(data.PostgresFromNpm, cancel)).FirstOrDefault(found => found.Major >= manifest.Postgres && found.Has("pg_restore"))
            ?? throw new UpException($"Restoring needs PostgreSQL {manifest.Postgres} or newer with pg_restore (Debian: `apt-get install postgresql`; macOS: `brew install postgresql@{manifest.Postgres}`).");
        var logins = DeskSecrets.Open(data).Database;
        var cluster = new PostgresCluster(data.Postgres, tools, logins, ClusterSettings.ForDesk, clock);
        await cluster.CreateAsync(cancel);
        using var postgres = await cluster.StartAsync(cancel);
        try
        {
            await MakeRolesAsync(postgres, manifest.Roles, cancel);
            var start = new ProcessStartInfo(
                tools.Path("pg_restore"),
                ["--exit-on-error", "--host=127.0.0.1", $"--port={postgres.Port}", $"--username={ClusterLogins.Admin}", "--no-password", $"--dbname={ClusterLogins.Database}", dump])
            { Environment = { ["PGPASSWORD"] = logins.AdminPassword } };
            var restored = await Command.RunAsync(start, cancel);
            if (restored.ExitCode != 0)
                throw new UpException($"pg_restore failed: {restored.LastLines(4)}");
        }
        finally
        {
            await postgres.StopAsync(CancellationToken.None);
        }

        File.Delete(dump);
    }

    private static async Task MakeRolesAsync(RunningPostgres postgres, IReadOnlyList<string> roles, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(postgres.AdminConnectionString);
        await connection.OpenAsync(cancel);
        foreach (var role in roles)
        {
            var quoted = '"' + role.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
            await using var command = new NpgsqlCommand($"create role {quoted} nologin nosuperuser nobypassrls; grant {quoted} to {ClusterLogins.Desk} with admin option", connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    // The files come back whole or not at all: started once, they prove it.
    private async Task TryFilesAsync(DataFolder data, CancellationToken cancel)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(data.Postgres, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        OrdinaryUser.Give(data.Postgres);
        var tools = await new PostgresSource(data.Postgres, data.PostgresFromNpm, say).GetAsync(cancel);
        using var postgres = await new PostgresCluster(data.Postgres, tools, DeskSecrets.Open(data).Database, ClusterSettings.ForDesk, clock).StartAsync(cancel);
        await postgres.StopAsync(cancel);
    }
}
