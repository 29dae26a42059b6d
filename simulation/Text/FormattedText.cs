using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>A text and its entities, in UTF-16 units.</summary>
internal sealed record FormattedText(string Text, IReadOnlyList<MessageEntity> Entities)
{
    public IReadOnlyList<MessageEntity>? EntitiesOrNull => Entities.Count == 0 ? null : Entities;

    /// <summary>Telegram cuts white space at both ends, but not inside an entity at the beginning.</summary>
    public FormattedText Trim()
    {
        var end = Text.AsSpan().TrimEnd().Length;
        var start = Text.Length - Text.AsSpan().TrimStart().Length;
        if (end == 0)
            return new FormattedText("", []);
        if (Entities.Count > 0)
            start = Math.Min(start, Entities.Min(entity => entity.Offset));
        if (start == 0 && end == Text.Length)
            return this;
        return new FormattedText(Text[start..end],
        [
            .. Entities
                .Where(entity => entity.Offset < end)
                .Select(entity => entity with { Offset = entity.Offset - start, Length = Math.Min(entity.Length, end - entity.Offset) }),
        ]);
    }

    public bool SameAs(string? text, IReadOnlyList<MessageEntity>? entities) =>
        string.Equals(Text, text, StringComparison.Ordinal) && Entities.SequenceEqual(entities ?? []);
}
