using System.Globalization;

namespace Support.Generation.Guards;

/// <summary>Characters that nobody sees: zero-width ones, bidirectional controls, soft hyphens, variation selectors, tags, control characters.</summary>
public static class Invisible
{
    public static bool Is(char c) =>
        c switch
        {
            '\n' or '\t' or '\u0085' => false,
            < ' ' or '\u007F' => true,
            < '\u0080' => false,
            '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u3164' or '\uFFA0' or '\u2800' => true,
            >= '\uFE00' and <= '\uFE0F' => true,
            _ => char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control,
        };

    /// <param name="code">Beyond the basic plane.</param>
    public static bool IsCode(int code) => code is >= 0xE0000 and <= 0xE0FFF;
}
