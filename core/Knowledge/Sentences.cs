using System.Collections.Frozen;

namespace Support.Knowledge;

/// <summary>Where sentences end, for Russian and English prose: a line break ends one, an abbreviation or an initial does not.</summary>
public static class Sentences
{
    private static readonly FrozenSet<string> Abbreviations = new[]
    {
        "т", "е", "д", "п", "к", "г", "гг", "в", "вв", "н", "э", "ул", "пр", "просп", "пер", "пл", "стр", "корп", "кв", "обл", "им", "см", "рис", "табл", "руб", "коп", "тыс", "млн", "млрд", "мин", "сек",
        "ч", "шт", "тел", "доб", "напр", "др", "проч", "ст", "ред", "изм", "макс",
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "etc", "eg", "ie", "e.g", "i.e", "approx", "fig", "inc", "ltd", "co", "dept", "est", "min", "max", "jr", "sr", "vol", "pp", "u.s", "a.m", "p.m",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The sentences in order; together they cover the text but for the white space between them.</summary>
    public static IReadOnlyList<Range> Split(string text)
    {
        var found = new List<Range>();
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n')
                Take(at);
            else if (IsTerminator(text[at]) && EndsSentence(text, at, out var end))
            {
                Take(end);
                at = end - 1;
            }
        }
        Take(text.Length);
        return found;

        void Take(int end)
        {
            var (from, to) = (start, end);
            while (from < to && char.IsWhiteSpace(text[from]))
                from++;
            while (to > from && char.IsWhiteSpace(text[to - 1]))
                to--;
            if (to > from)
                found.Add(from..to);
            start = end;
        }
    }

    private static bool EndsSentence(string text, int at, out int end)
    {
        end = at + 1;
        while (end < text.Length && (IsTerminator(text[end]) || text[end] is '"' or '»' or '”' or ')' or '\''))
            end++;
        if (text[at] is '。' or '！' or '？' || end == text.Length)
            return true;
        if (!char.IsWhiteSpace(text[end]))
            return false;

        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        // A small letter goes on with the sentence ("т. е. так", "at 5 p.m. on").
        if (next < text.Length && char.IsLower(text[next]))
            return false;
        return text[at] != '.' || end > at + 1 || !IsAbbreviation(text, at);
    }

    private static bool IsAbbreviation(string text, int dot)
    {
        var start = dot;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.'))
            start--;
        var word = text.AsSpan(start, dot - start).TrimStart('.');
        if (word.Length == 0)
            return IsItemNumber(text, dot);
        // An initial: "А. С. Пушкин".
        if (word.Length == 1 && char.IsUpper(word[0]))
            return true;
        return Abbreviations.Contains(word.ToString()) || word.LastIndexOf('.') is >= 0 and var last && Abbreviations.Contains(word[(last + 1)..].ToString());
    }

    // "1. Open the box": the number is no sentence.
    private static bool IsItemNumber(string text, int dot)
    {
        var start = dot;
        while (start > 0 && char.IsAsciiDigit(text[start - 1]))
            start--;
        return start < dot && dot - start <= 2 && (start == 0 || text[start - 1] == '\n');
    }

    private static bool IsTerminator(char c) => c is '.' or '!' or '?' or '…' or '。' or '！' or '？';
}
