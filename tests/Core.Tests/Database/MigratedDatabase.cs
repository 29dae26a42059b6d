using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Database;

namespace Support.Tests;

/// <summary>A database of one test in its newest shape, copied from one that was migrated once.</summary>
internal static class MigratedDatabase
{
    public static async Task<DeskDatabase> OpenAsync() => Open(await AddressAsync());

    public static Task<string> AddressAsync() => TestDatabase.CreateAsync("migrated", async address =>
    {
        await using var database = Open(address);
        await new Migrator(database).RunAsync(CancellationToken.None);
    });

    public static DeskDatabase Open(string address) => new(Options.Create(new DatabaseOptions { ConnectionString = address, Connections = 16 }));
}
