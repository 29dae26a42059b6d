using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;
using NpgsqlTypes;

namespace Support.Database;

/// <summary>SQL and its values, to be run alone or as a part of a <see cref="TenantJourney"/>.</summary>
/// <param name="Parameters">An object whose properties are the values; their declared types give PostgreSQL's.</param>
public sealed record Statement(string Sql, object Parameters)
{
    private static readonly ConcurrentDictionary<Type, (PropertyInfo Property, NpgsqlDbType Type)[]> Shapes = new();

    internal NpgsqlBatchCommand ToBatchCommand()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var (property, type) in Shapes.GetOrAdd(Parameters.GetType(), ShapeOf))
            command.Parameters.Add(new NpgsqlParameter(property.Name, type) { Value = property.GetValue(Parameters) ?? DBNull.Value });
        return command;
    }

    private static (PropertyInfo, NpgsqlDbType)[] ShapeOf(Type type) => [.. type.GetProperties().Select(p => (p, TypeOf(p)))];

    private static NpgsqlDbType TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsArray && type != typeof(byte[]) ? NpgsqlDbType.Array | ScalarOf(type.GetElementType()!, property) : ScalarOf(type, property);
    }

    private static NpgsqlDbType ScalarOf(Type type, PropertyInfo property) =>
        type == typeof(long) ? NpgsqlDbType.Bigint
        : type == typeof(int) ? NpgsqlDbType.Integer
        : type == typeof(short) ? NpgsqlDbType.Smallint
        : type == typeof(bool) ? NpgsqlDbType.Boolean
        : type == typeof(double) ? NpgsqlDbType.Double
        : type == typeof(string) ? NpgsqlDbType.Text
        : type == typeof(Guid) ? NpgsqlDbType.Uuid
        : type == typeof(DateOnly) ? NpgsqlDbType.Date
        : type == typeof(DateTimeOffset) || type == typeof(DateTime) ? NpgsqlDbType.TimestampTz
        : type == typeof(TimeSpan) ? NpgsqlDbType.Interval
        : type == typeof(byte[]) ? NpgsqlDbType.Bytea
        : throw new ArgumentException($"{property.Name} has the type {type.Name}, for which no type of PostgreSQL is given here.", nameof(property));
}
