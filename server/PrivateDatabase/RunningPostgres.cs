using System.Diagnostics;
using Npgsql;

namespace Support.Server.PrivateDatabase;

/// <summary>A PostgreSQL that serves one cluster now. Disposing forgets it without stopping it.</summary>
internal sealed class RunningPostgres(int pid, int port, string folder, Process? process, ClusterLogins logins, TimeProvider clock) : IDisposable
{
    public int Pid { get; } = pid;

    public int Port { get; } = port;

    /// <summary>False when it was left by a process that was killed, and taken over.</summary>
    public bool StartedHere => process is not null;

    /// <summary>For the desk: a role that is neither superuser nor exempt from row-level security.</summary>
    public string ConnectionString => logins.DeskAt(Port, ClusterSocket.FolderIn(folder, Port) ?? "127.0.0.1");

    /// <summary>For set-up and backups only.</summary>
    public string AdminConnectionString => logins.AdminAt(Port);

    public bool IsAlive => process is { HasExited: false } || process is null && PostmasterFile.Read(folder) is { } file && file.Pid == Pid && file.IsAlive(folder);

    public async Task PrepareAsync(ClusterLogins with, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(AdminConnectionString);
        await connection.OpenAsync(cancel);
        if (!await HasAsync(connection, "select 1 from pg_roles where rolname = $1", ClusterLogins.Desk, cancel))
            await ExecuteAsync(connection, $"create role {ClusterLogins.Desk} login nosuperuser createrole nobypassrls password '{with.DeskPassword}'", cancel);
        if (!await HasAsync(connection, "select 1 from pg_database where datname = $1", ClusterLogins.Database, cancel))
            await ExecuteAsync(connection, $"create database {ClusterLogins.Database} owner {ClusterLogins.Desk}", cancel);
    }

    private static async Task<bool> HasAsync(NpgsqlConnection connection, string query, string name, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(query, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ends when this PostgreSQL has ended, for whatever reason.</summary>
    public async Task ExitedAsync(CancellationToken cancel)
    {
        if (process is not null)
        {
            await process.WaitForExitAsync(cancel);
            return;
        }

        // A process that is not our child tells nobody when it ends.
        while (IsAlive)
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancel);
    }

    /// <summary>Fast shutdown: transactions are broken off and rolled back, everything committed is on disk.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        ProcessTable.Signal(Pid, Signal.Interrupt);
        await ExitedAsync(cancel);
    }

    /// <summary>As a power cut would end it. What was committed is replayed from the log at the next start.</summary>
    public bool Kill() => ProcessTable.Signal(Pid, Signal.Kill);

    public void Dispose() => process?.Dispose();
}
