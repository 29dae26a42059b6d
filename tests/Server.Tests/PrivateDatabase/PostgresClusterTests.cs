using Npgsql;
using Support.Contracts;
using Support.Server.PrivateDatabase;
using Xunit;

namespace Support.Tests.PrivateDatabase;

public sealed class PostgresClusterTests
{
    private readonly string _folder = Path.Combine(TestFolders.New("cluster"), "postgres");
    private readonly ClusterLogins _logins = ClusterLogins.Random();

    [Fact]
    public async Task What_was_committed_survives_a_kill_and_the_port_stays()
    {
        var cluster = await CreateAsync();
        using var first = await cluster.StartAsync(CancellationToken.None);
        await RunAsync(first, "create table kept (id int)");
        await RunAsync(first, "insert into kept values (7)");

        first.Kill();
        await first.ExitedAsync(CancellationToken.None);
        using var second = await cluster.StartAsync(CancellationToken.None);

        Assert.Equal(7, await RunAsync(second, "select id from kept"));
        Assert.Equal(first.Port, second.Port);
        Assert.NotEqual(first.Pid, second.Pid);
        await second.StopAsync(CancellationToken.None);
        Assert.False(second.IsAlive);
    }

    [Fact]
    public async Task The_desk_has_its_own_database_and_no_privileges_beyond_it()
    {
        using var postgres = await (await CreateAsync()).StartAsync(CancellationToken.None);

        Assert.Equal("support|support|UTF8|on", await RunAsync(
            postgres,
            "select concat_ws('|', current_user, (select rolname from pg_database d join pg_roles r on r.oid = d.datdba where datname = current_database()), current_setting('server_encoding'), current_setting('data_checksums'))"));
        Assert.Equal(false, await RunAsync(postgres, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"));
        Assert.Equal("привет", await RunAsync(postgres, "select lower('ПРИВЕТ')"));
        await postgres.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_nobody_watches_any_more_is_taken_over()
    {
        using var left = await (await CreateAsync()).StartAsync(CancellationToken.None);

        using var taken = await (await CreateAsync()).StartAsync(CancellationToken.None);

        Assert.False(taken.StartedHere);
        Assert.Equal(left.Pid, taken.Pid);
        await taken.StopAsync(CancellationToken.None);
        await left.ExitedAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_file_that_names_a_process_of_somebody_else_does_not_stop_the_start()
    {
        var cluster = await CreateAsync();
        using (var first = await cluster.StartAsync(CancellationToken.None))
            await first.StopAsync(CancellationToken.None);
        await File.WriteAllTextAsync(PostmasterFile.In(_folder), $"{Environment.ProcessId}\n{_folder}\n1700000000\n5432\n\n127.0.0.1\n\nready\n");

        using var second = await cluster.StartAsync(CancellationToken.None);

        Assert.True(second.StartedHere);
        await second.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_port_that_somebody_else_took_is_replaced_by_another()
    {
        var cluster = await CreateAsync();
        int port;
        using (var first = await cluster.StartAsync(CancellationToken.None))
        {
            port = first.Port;
            await first.StopAsync(CancellationToken.None);
        }

        using var squatter = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        squatter.Start();
        using var second = await cluster.StartAsync(CancellationToken.None);

        Assert.NotEqual(port, second.Port);
        await second.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Only_the_version_that_made_a_cluster_opens_it()
    {
        var cluster = await CreateAsync();
        var version = Path.Combine(cluster.Folder, "PG_VERSION");
        Assert.Equal((await FoundAsync()).Major, PostgresCluster.MajorOf(cluster.Folder));
        // 9 was never packed by npm, so that this test asks no registry for much.
        await File.WriteAllTextAsync(version, "9\n");

        var refused = await Assert.ThrowsAsync<PrivateDatabaseException>(
            () => new PostgresSource(cluster.Folder, TestFolders.New("npm"), _ => { }).GetAsync(CancellationToken.None));

        Assert.Contains("made by PostgreSQL 9", refused.Message, StringComparison.Ordinal);
        Assert.Contains("To get it back", refused.Message, StringComparison.Ordinal);
    }

    private async Task<PostgresCluster> CreateAsync()
    {
        var cluster = new PostgresCluster(_folder, await FoundAsync(), _logins, ClusterSettings.ForDesk, TimeProvider.System);
        await cluster.CreateAsync(CancellationToken.None);
        return cluster;
    }

    private static async Task<PostgresBinaries> FoundAsync() => (await PostgresBinaries.FindAsync(npmFolder: null, CancellationToken.None))[0];

    private static async Task<object?> RunAsync(RunningPostgres postgres, string statement)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
