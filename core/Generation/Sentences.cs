namespace Support.Generation;

/// <summary>Cuts a line into sentences. In doubt it does not cut: a sentence too long is better than half a one.</summary>
internal static class Sentences
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "т", "г", "гг", "в", "вв", "с", "стр", "см", "рис", "табл", "гл", "п", "пп", "ст", "ч", "руб", "коп", "тыс", "млн", "млрд", "ул", "д", "корп", "кв",
        "обл", "им", "др", "пр", "проч", "напр", "e", "д-р", "проф", "доп", "тел", "мин", "макс", "сек", "шт", "ср", "англ",
        "mr", "mrs", "ms", "dr", "prof", "vs", "etc", "e.g", "i.e", "no", "fig", "approx", "inc", "ltd", "st", "min", "max", "cf", "jr", "sr", "dept", "ext",
    };

    public static List<string> Of(string line)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is not ('.' or '!' or '?' or '…'))
                continue;
            var end = i + 1;
            while (end < line.Length && line[end] is '.' or '!' or '?' or '…' or ')' or '»' or '"' or '”')
                end++;
            if (end < line.Length && char.IsWhiteSpace(line[end]) && BeginsSentence(line, end) && !EndsAbbreviation(line, start, i))
            {
                Add(sentences, line[start..end]);
                start = end;
            }
            i = end - 1;
        }
        Add(sentences, line[start..]);
        return sentences;
    }

    private static bool BeginsSentence(string line, int at)
    {
        while (at < line.Length && (char.IsWhiteSpace(line[at]) || line[at] is '«' or '"' or '(' or '“' or '—' or '*'))
            at++;
        return at < line.Length && (char.IsUpper(line[at]) || char.IsDigit(line[at]));
    }

    /// <summary>The dot belongs to an abbreviation, an initial or a number of a list ("2.7.").</summary>
    private static bool EndsAbbreviation(string line, int start, int dot)
    {
        if (line[dot] != '.')
            return false;
        var from = dot;
        while (from > start && !char.IsWhiteSpace(line[from - 1]) && line[from - 1] is not ('(' or '«' or '"'))
            from--;
        var word = line[from..dot];
        return Abbreviations.Contains(word) || word.Length == 1 && char.IsUpper(word[0])
            || from == start && word.Length > 0 && word.All(c => char.IsDigit(c) || c == '.');
    }

    private static void Add(List<string> sentences, string sentence)
    {
        if (sentence.Trim() is { Length: > 0 } trimmed)
            sentences.Add(trimmed);
    }
}
