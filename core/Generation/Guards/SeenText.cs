using System.Globalization;
using Support.Text;

namespace Support.Generation.Guards;

/// <summary>
/// A text as a reader sees it, for detection only, and where each of its characters came from: invisible characters are gone, full-width forms, digits of
/// other scripts and mathematical letters are plain, every dash is "-". Takes time in proportion to the text.
/// </summary>
public sealed class SeenText
{
    private readonly int[] _origins;
    private readonly int _sourceLength;

    private SeenText(string text, int[] origins, int sourceLength)
    {
        Text = text;
        _origins = origins;
        _sourceLength = sourceLength;
    }

    public string Text { get; }

    public static SeenText Of(string source)
    {
        var seen = new List<char>(source.Length);
        var origins = new List<int>(source.Length);
        for (var at = 0; at < source.Length; at++)
        {
            var c = source[at];
            if (char.IsHighSurrogate(c) && at + 1 < source.Length && char.IsLowSurrogate(source[at + 1]))
            {
                Pair(char.ConvertToUtf32(c, source[at + 1]), at);
                at++;
            }
            else if (!Invisible.Is(c))
                One(c, at);
        }
        return new SeenText(new string(seen.ToArray()), [.. origins], source.Length);

        void Pair(int code, int at)
        {
            if (Invisible.IsCode(code))
                return;
            if (MathematicalLetters.Plain(code) is { } plain)
                Add(plain, at);
            else
                foreach (var half in char.ConvertFromUtf32(code))
                    Add(half, at);
        }

        void One(char c, int at)
        {
            if (c < 0x80)
                Add(c, at);
            else if (IsDash(c))
                Add('-', at);
            else if (c is '\u2028' or '\u2029' or '\u0085')
                Add('\n', at);
            else if (char.IsDigit(c))
                Add((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)), at);
            else if (!Compatibility.Changes(c))
                Add(c, at);
            else if (seen.Count > 0 && Compatibility.Normalize(seen[^1].ToString() + c) is { Length: 1 } composed)
                seen[^1] = composed[0];
            else
                foreach (var part in Compatibility.Normalize(c.ToString()))
                    Add(IsDash(part) ? '-' : part, at);
        }

        void Add(char c, int at)
        {
            seen.Add(c);
            origins.Add(at);
        }
    }

    /// <summary>The part of the source that is seen there, with the invisible characters in it.</summary>
    public (int Start, int Length) Source(int start, int length)
    {
        var from = _origins[start];
        var last = start + length;
        return (from, (last < _origins.Length ? Math.Max(_origins[last], from) : _sourceLength) - from);
    }

    private static bool IsDash(char c) => c is >= '\u2010' and <= '\u2015' or '\u2212' or '\u2043' or '\uFE58' or '\uFE63' or '\uFF0D';
}
