using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Support.Database;

/// <summary>Brings the database to the newest shape: numbered files, forward only, each once, checked by content, under an advisory lock.</summary>
public sealed class Migrator(DeskDatabase database)
{
    private const long OneAtATime = 0x537570706f7274;
    private const string Prefix = "Support.Database.Migrations.";

    /// <exception cref="DatabaseRefusedException">The role has too many or too few rights, the server is too old, or a migration that ran was changed later.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        // However long it takes to build an index on a large table, or to wait for whoever builds it: broken off, it would begin anew for ever.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Unpooled) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await RefuseUnsafeRoleAsync(connection);
        await connection.ExecuteAsync("select pg_advisory_lock(@OneAtATime)", new { OneAtATime });
        await EnsureTenantRoleAsync(connection);
        await connection.ExecuteAsync("create table if not exists migration (name text primary key, checksum text not null, at timestamptz not null default now())");
        var done = (await connection.QueryAsync<(string Name, string Checksum)>("select name, checksum from migration")).ToDictionary(m => m.Name, m => m.Checksum);
        var ran = 0;
        foreach (var (name, sql) in Scripts())
        {
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (done.TryGetValue(name, out var before))
            {
                if (before != checksum)
                    throw new DatabaseRefusedException($"Migration {name} ran with another content than this program carries. Run the program version that made the database, or restore a backup; never edit a migration that has run.");
                continue;
            }
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await connection.ExecuteAsync(sql, transaction: transaction);
            await connection.ExecuteAsync("insert into migration (name, checksum) values (@name, @checksum)", new { name, checksum }, transaction);
            await transaction.CommitAsync(cancellation);
            ran++;
        }
        return ran;
    }

    /// <summary>Whether the database has the shape that this program needs. One that a newer program made has it.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select to_regclass('public.migration') is not null", cancellationToken: cancellation)))
            return false;
        var done = (await connection.QueryAsync<string>(new CommandDefinition("select name from migration", cancellationToken: cancellation))).ToHashSet(StringComparer.Ordinal);
        return Scripts().All(script => done.Contains(script.Name));
    }

    private static async Task RefuseUnsafeRoleAsync(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < 15)
            throw new DatabaseRefusedException($"PostgreSQL {connection.PostgreSqlVersion} is too old. The desk needs 15 or newer.");
        var role = await connection.QuerySingleAsync<(string Name, bool Super, bool Bypass)>(
            "select rolname::text, rolsuper, rolbypassrls from pg_roles where rolname = current_user");
        if (role.Super || role.Bypass)
            throw new DatabaseRefusedException(
                $"""
                The database role "{role.Name}" is {(role.Super ? "a superuser" : "allowed to bypass row-level security")}, so nothing would keep tenants apart. Make one that is not, and connect as it:
                  create role support login password '…' nosuperuser nobypassrls createrole; create database support owner support;
                """);
    }

    private static async Task EnsureTenantRoleAsync(NpgsqlConnection connection)
    {
        try
        {
            if (!await connection.ExecuteScalarAsync<bool>("select exists (select from pg_roles where rolname = 'support_tenant')"))
                await connection.ExecuteAsync("create role support_tenant nologin nosuperuser nobypassrls");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // Another database of the same cluster was migrated in the same moment; roles are shared.
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new DatabaseRefusedException("The desk's role may not create the role support_tenant. As an administrator run: create role support_tenant nologin; grant support_tenant to <the desk's role>;", e);
        }
        try
        {
            // Since 16 the creator of a role is a member that may not yet become it.
            var right = connection.PostgreSqlVersion.Major >= 16 ? "set" : "member";
            if (!await connection.ExecuteScalarAsync<bool>("select pg_has_role(current_user, 'support_tenant', @right)", new { right }))
                await connection.ExecuteAsync("do $$ begin execute format('grant support_tenant to %I', current_user); end $$");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InternalError or PostgresErrorCodes.UniqueViolation)
        {
            // "tuple concurrently updated", or a membership that is there already: another database of the cluster granted it in the same moment.
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new DatabaseRefusedException("The desk's role is not a member of support_tenant. As an administrator run: grant support_tenant to <the desk's role>;", e);
        }
    }

    private static IEnumerable<(string Name, string Sql)> Scripts()
    {
        var assembly = typeof(Migrator).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[Prefix.Length..], reader.ReadToEnd());
        }
    }
}

public sealed class DatabaseRefusedException(string message, Exception? inner = null) : Exception(message, inner);
