using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>A word, a number or a sign of money or percent, as it stands in a text.</summary>
/// <param name="Folded">Of a sign and a number, itself.</param>
internal sealed record TextToken(string Text, string Folded, int Clause, bool IsNumber, bool IsSign, bool StartsSentence)
{
    public static List<TextToken> Of(string text)
    {
        var tokens = new List<TextToken>();
        var clause = 0;
        var starts = true;
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            var length = 1;
            if (char.IsAsciiDigit(c) && NumberText.LengthAt(text, at) is > 0 and var digits && !(at + digits < text.Length && char.IsLetter(text[at + digits]) && !IsUnitAt(text, at + digits)))
            {
                length = digits;
                var number = text.Substring(at, length);
                tokens.Add(new TextToken(number, number, clause, true, false, false));
                starts = false;
            }
            else if (Tokenizer.IsWordCharacter(c))
            {
                while (at + length < text.Length && Tokenizer.IsWordCharacter(text[at + length]))
                    length++;
                var word = text.Substring(at, length);
                tokens.Add(new TextToken(word, Folding.Fold(word), clause, false, false, starts));
                starts = false;
            }
            else if (c is '₽' or '$' or '€' or '%' or '£')
                tokens.Add(new TextToken(c.ToString(), c.ToString(), clause, false, true, false));
            else if (IsBreak(text, at))
            {
                clause++;
                starts |= c is '.' or '!' or '?' or '\n' or '«' or '"' or '“' or '|' or ':';
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
