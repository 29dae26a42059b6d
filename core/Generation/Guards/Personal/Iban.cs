using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>International bank account numbers (ISO 13616): the length of their country, and 1 modulo 97.</summary>
internal static class Iban
{
    private static readonly Regex Shape = new(@"[A-Z]{2}[0-9]{2}(?:[ \-]?[A-Z0-9]){11,40}", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, int> Lengths = GuardData.Lines("iban-lengths.txt").ToDictionary(line => line[..2], line => int.Parse(line[3..]), StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<FoundData> Find(string seen)
    {
        for (var match = Shape.Match(seen); match.Success;)
        {
            var next = match.Index + 2;
            if (Lengths.TryGetValue(match.Value[..2], out var length) && Cut(match.Value, length) is { } end)
            {
                var value = string.Concat(match.Value[..end].Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
                if (HasChecksum(value))
                {
                    next = match.Index + end;
                    yield return new FoundData(PersonalDataKind.Iban, match.Index, end, value);
                }
            }
            match = Shape.Match(seen, next);
        }
    }

    public static bool HasChecksum(string iban)
    {
        var rest = 0;
        foreach (var c in iban.AsSpan(4).ToString() + iban[..4])
            rest = char.IsAsciiDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        return rest == 1;
    }

    /// <summary>Where so many letters and digits end; null if there are fewer, or if one more follows at once.</summary>
    private static int? Cut(string text, int length)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
            if (char.IsAsciiLetterOrDigit(text[i]) && ++count == length)
                return i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]) ? null : i + 1;
        return null;
    }
}
