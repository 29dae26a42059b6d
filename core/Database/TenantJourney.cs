using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using Support.Tenants;

namespace Support.Database;

/// <summary>
/// Work on one tenant's rows that needs no answer in between: one journey and one transaction, which PostgreSQL begins and
/// commits by itself. It opens with a change of a desk table, the gate; what may happen only if that affected a row asks
/// <see cref="Passed"/>. As in a <see cref="TenantTransaction"/>, row-level security hides every other tenant's rows.
/// </summary>
public static partial class TenantJourney
{
    /// <summary>In SQL: the gate affected a row. True as well where there was no gate.</summary>
    public const string Passed = "current_setting('support.passed', true) is distinct from '0'";

    /// <summary>In SQL: there was a second gate and it affected a row.</summary>
    public const string PassedSecond = "current_setting('support.passed_second', true) is not distinct from '1'";

    private static readonly ConcurrentDictionary<(string, string?), string> Openings = new();

    /// <summary>Runs the statements and reads what they return.</summary>
    /// <param name="gate">One insert, update or delete with positional parameters.</param>
    /// <exception cref="NpgsqlException">Nothing of it has happened, unless the connection broke while it was committed.</exception>
    public static Task<T> RunAsync<T>(NpgsqlDataSource source, TenantId tenant, NpgsqlBatchCommand gate, IReadOnlyList<Statement> statements, Func<Answers, Task<T>> read, CancellationToken cancellation) =>
        RunAsync(source, tenant, gate, null, statements, read, cancellation);

    /// <param name="second">Another change of a desk table, made whether or not the first one affected a row.</param>
    /// <inheritdoc cref="RunAsync{T}(NpgsqlDataSource, TenantId, NpgsqlBatchCommand, IReadOnlyList{Statement}, Func{Answers, Task{T}}, CancellationToken)"/>
    public static Task<T> RunAsync<T>(
        NpgsqlDataSource source, TenantId tenant, NpgsqlBatchCommand gate, NpgsqlBatchCommand? second, IReadOnlyList<Statement> statements, Func<Answers, Task<T>> read, CancellationToken cancellation) =>
        RunAsync(source, Opening(gate, second, tenant), statements, read, cancellation);

    private static async Task<T> RunAsync<T>(
        NpgsqlDataSource source, NpgsqlBatchCommand opening, IReadOnlyList<Statement> statements, Func<Answers, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(opening);
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

    /// <summary>Only reads, and has no gate.</summary>
    /// <inheritdoc cref="RunAsync{T}(NpgsqlDataSource, TenantId, NpgsqlBatchCommand, IReadOnlyList{Statement}, Func{Answers, Task{T}}, CancellationToken)"/>
    public static Task<T> ReadAsync<T>(NpgsqlDataSource source, TenantId tenant, IReadOnlyList<Statement> statements, Func<Answers, Task<T>> read, CancellationToken cancellation)
    {
        var opening = new NpgsqlBatchCommand("select '1', set_config('support.tenant', $1, true), set_config('role', 'support_tenant', true)");
        opening.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
        return RunAsync(source, opening, statements, read, cancellation);
    }

    private static NpgsqlBatchCommand Opening(NpgsqlBatchCommand gate, NpgsqlBatchCommand? second, TenantId tenant)
    {
        var opening = new NpgsqlBatchCommand(Openings.GetOrAdd((gate.CommandText, second?.CommandText), _ => OpeningText(gate, second)));
        foreach (var parameter in second is null ? gate.Parameters : gate.Parameters.Concat(second.Parameters))
            opening.Parameters.Add(((NpgsqlParameter)parameter).Clone());
        opening.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
        return opening;
    }

    // The gates run as the desk's own role: what a role may do is checked before any part of a statement runs.
    private static string OpeningText(NpgsqlBatchCommand gate, NpgsqlBatchCommand? second)
    {
        var (first, all) = (gate.Parameters.Count, gate.Parameters.Count + (second?.Parameters.Count ?? 0));
        var more = second is null ? "" : $", changed_second as ({Placeholder().Replace(second.CommandText, number => "$" + (int.Parse(number.ValueSpan[1..], CultureInfo.InvariantCulture) + first))} returning 1)";
        var passedSecond = second is null ? "'0'" : "(select count(*) from changed_second)::text";
        return $"with changed as ({gate.CommandText} returning 1){more} select set_config('support.passed', (select count(*) from changed)::text, true), "
            + $"set_config('support.passed_second', {passedSecond}, true), set_config('support.tenant', ${all + 1}, true), set_config('role', 'support_tenant', true)";
    }

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Placeholder();

    /// <summary>What the statements of a journey returned, in their order; a statement that returns no rows by its kind is passed over.</summary>
    public sealed class Answers(DbDataReader reader, bool hasPassed, CancellationToken cancellation)
    {
        public bool HasPassed { get; } = hasPassed;

        public async Task<T?> FirstAsync<T>() => await AllAsync<T>() is [var first, ..] ? first : default;

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
