using Npgsql;
using Support.Contracts;
using Xunit;

namespace Support.Tests.Database;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task Each_test_gets_a_database_of_its_own_under_a_role_without_privileges()
    {
        var first = await TestDatabase.CreateAsync();
        var second = await TestDatabase.CreateAsync();
        await RunAsync(first, "create table here (id int)");

        Assert.Equal(0L, await RunAsync(second, "select count(*) from pg_tables where tablename = 'here'"));
        Assert.Equal(false, await RunAsync(first, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"));
    }

    [Fact]
    public async Task A_filled_database_is_copied_not_filled_again()
    {
        var fills = 0;
        async Task FillAsync(string connectionString)
        {
            Interlocked.Increment(ref fills);
            await RunAsync(connectionString, "create table filled as select 42::bigint as number");
        }

        var copies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestDatabase.CreateAsync("answer", FillAsync)));

        foreach (var copy in copies)
            Assert.Equal(42L, await RunAsync(copy, "select number from filled"));
        Assert.Equal(1, fills);
    }

    private static async Task<object?> RunAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
