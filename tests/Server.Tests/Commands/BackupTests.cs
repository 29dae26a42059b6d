using Npgsql;
using Support.Contracts;
using Support.Server.Backups;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;
using Xunit;

namespace Support.Tests.Commands;

public sealed class BackupTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_backup_brings_everything_back_in_an_empty_folder(bool running)
    {
        var data = DataFolder.Open(TestFolders.New("backup"));
        var secrets = DeskSecrets.Open(data);
        var cluster = await ClusterAsync(data, secrets);
        await cluster.CreateAsync(CancellationToken.None);
        using var postgres = await cluster.StartAsync(CancellationToken.None);
        await RunAsync(postgres.ConnectionString, "create role support_tenant nologin");
        await RunAsync(postgres.ConnectionString, "create table secret (tenant text); grant select, insert on secret to support_tenant; insert into secret values ('a'), ('b')");
        await RunAsync(postgres.ConnectionString, "alter table secret enable row level security; alter table secret force row level security");
        await File.WriteAllTextAsync(data.Samples, "{}");
        if (!running)
            await postgres.StopAsync(CancellationToken.None);
        using (running ? UpLock.TryTake(data) : null)
            await new MakeBackup(data, _ => { }, TimeProvider.System).RunAsync(data.Path + ".zip", CancellationToken.None);
        Assert.Equal(running, postgres.IsAlive);
        if (running)
            await postgres.StopAsync(CancellationToken.None);

        var target = Path.Combine(TestFolders.New("restored"), "new");
        await new RestoreBackup(_ => { }, TimeProvider.System).RunAsync(data.Path + ".zip", target, CancellationToken.None);

        var restored = new DataFolder(target);
        Assert.Equal(secrets, DeskSecrets.Open(restored));
        Assert.Equal("{}", await File.ReadAllTextAsync(restored.Samples));
        using var again = await (await ClusterAsync(restored, secrets)).StartAsync(CancellationToken.None);
        Assert.Equal(2L, await RunAsync(again.AdminConnectionString + ";Database=support", "select count(*) from secret"));
        Assert.Equal("support", await RunAsync(again.ConnectionString, "select relowner::regrole::text from pg_class where relname = 'secret' and relforcerowsecurity"));
        Assert.Equal(0L, await RunAsync(again.ConnectionString, "set role support_tenant; select count(*) from secret"));
        await again.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_left_alone()
    {
        var folder = TestFolders.New("full");
        var file = Path.Combine(folder, "mine.txt");
        await File.WriteAllTextAsync(file, "mine");

        var refused = await Assert.ThrowsAsync<UpException>(() => new RestoreBackup(_ => { }, TimeProvider.System).RunAsync(file, folder, CancellationToken.None));

        Assert.Contains("is not empty", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_file_that_is_no_backup_is_refused_and_leaves_nothing()
    {
        var file = Path.Combine(TestFolders.New("broken"), "b.zip");
        await File.WriteAllTextAsync(file, "no zip");
        var target = TestFolders.New("target");

        var refused = await Assert.ThrowsAsync<UpException>(() => new RestoreBackup(_ => { }, TimeProvider.System).RunAsync(file, target, CancellationToken.None));

        Assert.Contains("not a whole backup", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(target));
    }

    private static async Task<PostgresCluster> ClusterAsync(DataFolder data, DeskSecrets secrets) =>
        new(data.Postgres, (await PostgresBinaries.FindAsync(npmFolder: null, CancellationToken.None))[0], secrets.Database, ClusterSettings.ForDesk, TimeProvider.System);

    private static async Task<object?> RunAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
