namespace Support.Generation.Grounding;

/// <summary>Which side of a number is meant: "up to 10", "at least 10", or 10 itself.</summary>
internal enum Bound
{
    None,
    AtLeast,
    AtMost,
}

/// <summary>A number in a text.</summary>
/// <param name="Value">See <see cref="NumberText"/>.</param>
/// <param name="Unit">Null when none follows.</param>
/// <param name="IsQualified">Its days are working or calendar days.</param>
/// <param name="Position">Among the words of the text.</param>
/// <param name="IsCertain">Written in digits.</param>
internal sealed record Quantity(string Value, string? Unit, bool IsQualified, Bound Bound, int Position, int Clause, int Line, bool IsCertain)
{
    public bool HasUnitOf(Quantity other) => Unit == other.Unit || Unit is null || other.Unit is null;

    /// <summary>The same amount of the same thing. "10" and "10:00" are the same hour.</summary>
    public bool Equals(Quantity other, bool strictly) =>
        (Value == other.Value || Value == other.Value + ":00" || other.Value == Value + ":00") && HasUnitOf(other) && (!strictly || IsQualified == other.IsQualified && Bound == other.Bound);
}
