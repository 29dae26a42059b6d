using System.Globalization;
using Npgsql;
using Support.Server.PrivateDatabase;

namespace Support.Contracts;

/// <summary>Fresh databases in one PostgreSQL per test process: real, private, without fsync, gone with the process.</summary>
public static class TestDatabase
{
    private static readonly ClusterLogins Logins = ClusterLogins.Random();
    private static readonly Lazy<Task<RunningPostgres>> Postgres = new(StartAsync);
    private static readonly Dictionary<string, Task<string>> Templates = [];
    private static int _made;

    /// <summary>An empty database, owned by the role of the connection string, which is neither superuser nor exempt from row-level security.</summary>
    public static Task<string> CreateAsync() => CreateFromAsync(template: null);

    /// <summary>A copy of a database that <paramref name="fill"/> prepared once for this name (say, by running the migrations): quicker than filling each.</summary>
    public static async Task<string> CreateAsync(string name, Func<string, Task> fill)
    {
        Task<string> template;
        lock (Templates)
        {
            if (!Templates.TryGetValue(name, out template!))
                Templates[name] = template = FillAsync(fill);
        }

        return await CreateFromAsync(await template);
    }

    /// <summary>The same database for the superuser, who makes roles and sees every tenant.</summary>
    public static async Task<string> AsAdministratorAsync(string connectionString) =>
        Logins.AdminAt((await Postgres.Value).Port, new NpgsqlConnectionStringBuilder(connectionString).Database!);

    private static async Task<string> FillAsync(Func<string, Task> fill)
    {
        var connectionString = await CreateAsync();
        await fill(connectionString);
        // A database that anybody is connected to cannot be copied.
        await using (var connection = new NpgsqlConnection(connectionString))
            NpgsqlConnection.ClearPool(connection);
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await AsAdminAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
        return database;
    }

    private static async Task<string> CreateFromAsync(string? template)
    {
        var postgres = await Postgres.Value;
        var name = $"test_{Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture)}";
        await AsAdminAsync($"create database {name} owner {ClusterLogins.Desk} {(template is null ? "" : $"template {template}")}");
        return Logins.DeskAt(postgres.Port, database: name) + ";Maximum Pool Size=20";
    }

    private static async Task AsAdminAsync(string statement)
    {
        await using var connection = new NpgsqlConnection((await Postgres.Value).AdminConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<RunningPostgres> StartAsync()
    {
        var folder = TestFolders.New("postgres");
        var found = await PostgresBinaries.FindAsync(npmFolder: null, CancellationToken.None);
        if (found.Count == 0)
            throw new InvalidOperationException("The tests need PostgreSQL 15 or newer: `dotnet run dev.cs test` installs it on Debian.");

        var cluster = new PostgresCluster(Path.Combine(folder, "cluster"), found[0], Logins, ClusterSettings.ForTests, TimeProvider.System);
        await cluster.CreateAsync(CancellationToken.None);
        var postgres = await cluster.StartAsync(CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => postgres.Kill();
        return postgres;
    }
}
