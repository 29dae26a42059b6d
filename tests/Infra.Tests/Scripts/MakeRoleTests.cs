using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Support.Contracts;
using Support.Database;

namespace Support.Tests.Scripts;

/// <summary>
/// hooks/make-role.sql on a real PostgreSQL, run as an administrator like that of Azure's Flexible Server: it may make roles and
/// databases and get around row-level security, but is no superuser.
/// </summary>
public sealed class MakeRoleTests
{
    private const string Password = "it's \"quoted\" \\ and $1";

    private const string Name = "flexible_admin";

    // One, as on Azure: since PostgreSQL 16 a role that another one made is not this one's to grant.
    private static readonly Lazy<Task<NpgsqlConnectionStringBuilder>> Administrator = new(MakeAdministratorAsync);

    [Fact]
    public async Task The_role_it_makes_can_bring_the_database_up_to_date_and_is_bound_by_row_level_security()
    {
        var administrator = await Administrator.Value;
        Assert.Equal((0, ""), await RunAsync(administrator, "desk_one", "base_one"));
        // Twice is fine, also when the desk has been set up meanwhile.
        await using var desk = Desk(administrator, "desk_one", "base_one");
        Assert.NotEqual(0, await new Migrator(desk).RunAsync(CancellationToken.None));
        Assert.Equal((0, ""), await RunAsync(administrator, "desk_one", "base_one"));
        Assert.Equal(0, await new Migrator(desk).RunAsync(CancellationToken.None));

        await using var connection = await desk.Source.OpenConnectionAsync();
        Assert.Equal((false, false, false, false), await connection.QuerySingleAsync<(bool, bool, bool, bool)>(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"));
    }

    [Fact]
    public async Task The_administrator_is_no_member_of_the_desk_s_role_afterwards_and_would_be_refused_as_the_desk()
    {
        var administrator = await Administrator.Value;
        Assert.Equal((0, ""), await RunAsync(administrator, "desk_two", "base_two"));

        await using (var connection = new NpgsqlConnection(administrator.ConnectionString))
        {
            await connection.OpenAsync();
            Assert.False(await connection.ExecuteScalarAsync<bool>("select pg_has_role(current_user, 'desk_two', 'usage')"));
        }
        await using var desk = new DeskDatabase(Options.Create(new DatabaseOptions { ConnectionString = administrator.ConnectionString }));
        Assert.Contains(Name, (await Assert.ThrowsAsync<DatabaseRefusedException>(() => new Migrator(desk).RunAsync(CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    private static async Task<NpgsqlConnectionStringBuilder> MakeAdministratorAsync()
    {
        var superuser = new NpgsqlConnectionStringBuilder(await TestDatabase.AsAdministratorAsync(await TestDatabase.CreateAsync()));
        await using var connection = new NpgsqlConnection(superuser.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync($"create role {Name} login createrole createdb replication bypassrls password 'administrator'");
        return new NpgsqlConnectionStringBuilder(superuser.ConnectionString) { Username = Name, Password = "administrator", Database = "postgres", Pooling = false };
    }

    private static async Task<(int Exit, string Errors)> RunAsync(NpgsqlConnectionStringBuilder administrator, string role, string database)
    {
        // As the job of infra/modules/role-job.bicep runs it.
        string[] arguments = ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--set", $"role={role}", "--set", $"database={database}"];
        var run = await ProgramRun.OfAsync("psql", arguments, Repository.Read("infra/hooks/make-role.sql"), new Dictionary<string, string?>
        {
            ["PGHOST"] = administrator.Host,
            ["PGPORT"] = $"{administrator.Port}",
            ["PGDATABASE"] = administrator.Database,
            ["PGUSER"] = administrator.Username,
            ["PGPASSWORD"] = administrator.Password,
            ["SUPPORT_DATABASE_PASSWORD"] = Password,
        });
        Assert.DoesNotContain("quoted", run.Output + run.Errors, StringComparison.Ordinal);
        return (run.Exit, run.Errors);
    }

    private static DeskDatabase Desk(NpgsqlConnectionStringBuilder administrator, string role, string database) =>
        new(Options.Create(new DatabaseOptions
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(administrator.ConnectionString) { Username = role, Password = Password, Database = database }.ConnectionString,
        }));
}
