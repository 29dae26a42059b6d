namespace Support.Text;

/// <summary>
/// One spelling for everything that is compared: NFKC, lower case, ё as е, and no stress marks (а́), which dictionaries
/// and encyclopaedias put into Russian words and nobody types.
/// </summary>
public static class Folding
{
    private const char NotSimple = '\0';
    private const char StressMark = '\u0301';

    /// <summary>What a character folds to by itself; <see cref="NotSimple"/> where its neighbours or a longer form matter.</summary>
    private static readonly char[] Simple = MakeSimple();

    public static string Fold(string text)
    {
        foreach (var c in text)
            if (Simple[c] == NotSimple)
            {
                text = Compatibility.Normalize(text);
                break;
            }
        return string.Create(text.Length - Stresses(text), text, static (folded, text) =>
        {
            var length = 0;
            foreach (var c in text)
                if (c != StressMark)
                    folded[length++] = Lower(c);
        });
    }

    private static int Stresses(string text)
    {
        var count = 0;
        foreach (var c in text)
            count += c == StressMark ? 1 : 0;
        return count;
    }

    private static char Lower(char c)
    {
        var simple = Simple[c];
        return simple != NotSimple ? simple : LowerOf(c);
    }

    private static char LowerOf(char c) => char.ToLowerInvariant(c) is var lower && lower == 'ё' ? 'е' : lower;

    private static char[] MakeSimple()
    {
        var simple = new char[char.MaxValue + 1];
        for (var code = 0; code < simple.Length; code++)
            simple[code] = Compatibility.Changes((char)code) ? NotSimple : LowerOf((char)code);
        return simple;
    }
}
