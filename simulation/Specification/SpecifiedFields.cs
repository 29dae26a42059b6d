using System.Collections.Frozen;

namespace Support.Simulation;

internal sealed record SpecifiedField(string Name, IReadOnlyList<SpecifiedType> Types, bool Required)
{
    public string TypeNames { get; } = string.Join(" or ", Types.Select(type => type.Name));
}

/// <param name="Name">As it is written, while callers may write it in any case.</param>
internal sealed record SpecifiedMethod(string Name, SpecifiedFields Parameters);

/// <summary>The parameters of a method, or the members of an object.</summary>
internal sealed class SpecifiedFields(IReadOnlyList<SpecifiedField> fields)
{
    public IReadOnlyList<SpecifiedField> Required { get; } = [.. fields.Where(field => field.Required)];

    public FrozenDictionary<string, SpecifiedField> ByName { get; } = fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
}
