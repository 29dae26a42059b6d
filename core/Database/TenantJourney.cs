using System.Data.Common;
using Dapper;
using Npgsql;
using Support.Tenants;

namespace Support.Database;

/// <summary>
/// Work on one tenant's rows that needs no answer in between: one journey and one transaction, which PostgreSQL begins and
/// commits by itself. It opens with a change of a desk table, the gate; what may happen only if that affected a row asks
/// <see cref="Passed"/>. As in a <see cref="TenantTransaction"/>, row-level security hides every other tenant's rows.
/// </summary>
public static class TenantJourney
{
    /// <summary>In SQL: the gate affected a row. True as well where there was no gate.</summary>
    public const string Passed = "current_setting('support.passed', true) is distinct from '0'";

    /// <summary>Runs the statements and reads what they return.</summary>
    /// <param name="gate">One insert, update or delete with positional parameters.</param>
    /// <exception cref="NpgsqlException">Nothing of it has happened, unless the connection broke while it was committed.</exception>
    public static async Task<T> RunAsync<T>(NpgsqlDataSource source, TenantId tenant, NpgsqlBatchCommand gate, IReadOnlyList<Statement> statements, Func<Answers, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Opening(gate, tenant));
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement.ToBatchCommand());
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var result = await read(new Answers(reader, reader.GetString(0) != "0", cancellation));
        // To the end: an error in a statement whose rows nobody reads shows only there.
        while (await reader.NextResultAsync(cancellation))
        {
        }
        return result;
    }

    // The gate runs as the desk's own role: what a role may do is checked before any part of a statement runs.
    private static NpgsqlBatchCommand Opening(NpgsqlBatchCommand gate, TenantId tenant)
    {
        var opening = new NpgsqlBatchCommand(
            $"with changed as ({gate.CommandText} returning 1) "
            + $"select set_config('support.passed', (select count(*) from changed)::text, true), set_config('support.tenant', ${gate.Parameters.Count + 1}, true), set_config('role', 'support_tenant', true)");
        foreach (var parameter in gate.Parameters)
            opening.Parameters.Add(((NpgsqlParameter)parameter).Clone());
        opening.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
        return opening;
    }

    /// <summary>What the statements of a journey returned, in their order; a statement that returns no rows by its kind is passed over.</summary>
    public sealed class Answers(DbDataReader reader, bool hasPassed, CancellationToken cancellation)
    {
        public bool HasPassed { get; } = hasPassed;

        public async Task<T?> FirstAsync<T>() => (await AllAsync<T>()).FirstOrDefault();

        public async Task<IReadOnlyList<T>> AllAsync<T>()
        {
            if (!await reader.NextResultAsync(cancellation))
                throw new InvalidOperationException("The journey has returned less than is asked for.");
            var rows = new List<T>();
            var parse = reader.GetRowParser<T>();
            while (await reader.ReadAsync(cancellation))
                rows.Add(parse(reader));
            return rows;
        }
    }
}
