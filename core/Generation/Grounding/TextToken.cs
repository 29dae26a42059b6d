using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>A word, a number or a sign of money or percent, as it stands in a text.</summary>
/// <param name="Folded">Of a sign and a number, itself.</param>
/// <param name="Line">Counted from 0; each statement of a window is one.</param>
/// <param name="IsQuoted">In quotation marks: the name of a button, a page, a status.</param>
internal sealed record TextToken(string Text, string Folded, int Clause, int Line, bool IsNumber, bool IsSign, bool StartsSentence, bool IsQuoted)
{
    public static List<TextToken> Of(string text)
    {
        var tokens = new List<TextToken>();
        var clause = 0;
        var line = 0;
        var quoted = false;
        var starts = true;
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            var length = 1;
            if (char.IsAsciiDigit(c) && NumberText.LengthAt(text, at) is > 0 and var digits && !(at + digits < text.Length && char.IsLetter(text[at + digits]) && !IsUnitAt(text, at + digits)))
            {
                length = digits;
                var number = text.Substring(at, length);
                tokens.Add(new TextToken(number, number, clause, line, true, false, false, quoted));
                starts = false;
            }
            else if (Tokenizer.IsWordCharacter(c))
            {
                while (at + length < text.Length && Tokenizer.IsWordCharacter(text[at + length]))
                    length++;
                var word = text.Substring(at, length);
                tokens.Add(new TextToken(word, Folding.Fold(word), clause, line, false, false, starts, quoted));
                starts = false;
            }
            else if (c is '₽' or '$' or '€' or '%' or '£')
                tokens.Add(new TextToken(c.ToString(), c.ToString(), clause, line, false, true, false, quoted));
            else
            {
                clause += IsBreak(text, at) ? 1 : 0;
                line += c == '\n' ? 1 : 0;
                quoted = c is '«' or '“' || quoted && c is not ('»' or '”' or '\n') && c != '"' || !quoted && c == '"';
                starts |= c is '!' or '?' or '\n' or '«' or '"' or '“' or '|' or ':' || c == '.' && IsBreak(text, at);
            }
            at += length;
        }
        return tokens;
    }

    private static bool IsBreak(string text, int at) =>
        text[at] is ',' or ';' or ':' or '!' or '?' or '(' or ')' or '\n' or '|' or '→' || text[at] == '.' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]))
        || text[at] == '-' && at > 0 && at + 1 < text.Length && text[at - 1] == ' ' && text[at + 1] == ' ';

    /// <summary>"25кг", "10GB": the letters after a number are its unit.</summary>
    private static bool IsUnitAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return Units.Of(Folding.Fold(text[at..end])) is not null;
    }
}
