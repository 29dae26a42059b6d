using System.Globalization;

namespace Support.Text;

/// <summary>
/// Unicode NFKC for the basic plane, from a table: with invariant globalization string.Normalize leaves everything but ASCII alone.
/// Compositions are taken pair by pair, so marks in an unusual order stay apart.
/// </summary>
public static class Compatibility
{
    private static readonly Dictionary<char, string> Forms = [];
    private static readonly Dictionary<(char Base, char Mark), char> Compositions = [];

    static Compatibility()
    {
        using var table = EmbeddedData.Open("nfkc.txt");
        while (table.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var equals = line.IndexOf('=');
            var plus = line.IndexOf('+');
            if (plus > 0)
                Compositions[(Code(line[..plus]), Code(line[(plus + 1)..equals]))] = Code(line[(equals + 1)..]);
            else
                Forms[Code(line[..equals])] = string.Concat(line[(equals + 1)..].Split(' ').Select(Code));
        }
    }

    public static string Normalize(string text)
    {
        var needed = false;
        foreach (var c in text)
            needed |= Changes(c);
        if (!needed)
            return text;
        var normal = new List<char>(text.Length + 16);
        foreach (var c in text)
        {
            if (!Forms.TryGetValue(c, out var form))
                Append(normal, c);
            else
                foreach (var part in form)
                    Append(normal, part);
        }
        return new string(normal.ToArray());
    }

    /// <summary>The character has another form, or may compose with the one before it.</summary>
    public static bool Changes(char c) => c >= 0x80 && (Forms.ContainsKey(c) || IsMark(c));

    private static void Append(List<char> normal, char c)
    {
        if (normal.Count > 0 && Compositions.TryGetValue((normal[^1], c), out var composed))
            normal[^1] = composed;
        else
            normal.Add(c);
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static char Code(string hexadecimal) => (char)ushort.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
