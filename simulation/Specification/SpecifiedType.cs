namespace Support.Simulation;

/// <summary>A type as the specification names it ("Integer", "Array of BotCommand", "ReplyParameters"), read once so that checking a call parses no names.</summary>
internal sealed record SpecifiedType(string Name, SpecifiedKind Kind, SpecifiedType? Element)
{
    private const string ArrayOf = "Array of ";

    public static SpecifiedType Parse(string name) => name switch
    {
        "Integer" => new SpecifiedType(name, SpecifiedKind.Integer, null),
        "Float" => new SpecifiedType(name, SpecifiedKind.Float, null),
        "String" => new SpecifiedType(name, SpecifiedKind.String, null),
        "Boolean" => new SpecifiedType(name, SpecifiedKind.Boolean, null),
        "InputFile" => new SpecifiedType(name, SpecifiedKind.File, null),
        _ when name.StartsWith(ArrayOf, StringComparison.Ordinal) => new SpecifiedType(name, SpecifiedKind.Array, Parse(name[ArrayOf.Length..])),
        _ => new SpecifiedType(name, SpecifiedKind.Object, null),
    };
}

internal enum SpecifiedKind { Integer, Float, String, Boolean, File, Array, Object }
