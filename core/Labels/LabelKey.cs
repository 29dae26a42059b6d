using System.Globalization;

namespace Support.Labels;

/// <summary>What a question of /label is made of.</summary>
internal enum LabelKind
{
    /// <summary>A question that was labelled, for which another passage is found now.</summary>
    Again,

    /// <summary>A customer's question.</summary>
    Asked,

    /// <summary>Made from a chunk.</summary>
    Suggested,
}

/// <summary>Which question of which round; fits into a button.</summary>
/// <param name="Seed">Of the order in which the round draws.</param>
/// <param name="Id">A label's, a question's or a chunk's.</param>
internal readonly record struct LabelKey(uint Seed, LabelKind Kind, long Id)
{
    /// <summary>Its place in the round's order: the questions shuffled, alike each time it is asked for.</summary>
    public ulong Place => Mix(Id, Seed);

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014): every bit of what goes in changes half of the bits that come out.</summary>
    private static ulong Mix(long id, uint seed)
    {
        var z = unchecked((ulong)id + ((ulong)seed + 1) * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    /// <summary>"1f3:q12".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seed:x}:{(char)Letter}{Id}");

    private int Letter => Kind switch { LabelKind.Again => 'l', LabelKind.Asked => 'q', _ => 'c' };

    public static LabelKey? Read(string seed, string which)
    {
        if (!uint.TryParse(seed, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            || which.Length < 2 || !long.TryParse(which.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return null;
        return which[0] switch
        {
            'l' => new LabelKey(number, LabelKind.Again, id),
            'q' => new LabelKey(number, LabelKind.Asked, id),
            'c' => new LabelKey(number, LabelKind.Suggested, id),
            _ => null,
        };
    }
}
