using System.Globalization;

namespace Support.Text;

/// <summary>
/// The one tokenizer of questions and documents: runs of <c>\w</c> (letters, non-spacing marks, decimal digits, connectors)
/// in folded text. A table replaces the regular expression because ingesting is mostly tokenizing.
/// </summary>
public static class Tokenizer
{
    private static readonly bool[] Word = MakeWord();

    public static List<string> Tokens(string text)
    {
        var folded = Folding.Fold(text);
        var tokens = new List<string>();
        var position = 0;
        while (Next(folded, ref position, out var start, out var length))
            tokens.Add(folded.Substring(start, length));
        return tokens;
    }

    /// <summary>Finds the next token of an already folded text at or after <paramref name="position"/>, and moves it behind.</summary>
    public static bool Next(ReadOnlySpan<char> folded, ref int position, out int start, out int length)
    {
        var word = Word;
        var at = position;
        while (at < folded.Length && !word[folded[at]])
            at++;
        start = at;
        while (at < folded.Length && word[folded[at]])
            at++;
        position = at;
        length = at - start;
        return length > 0;
    }

    public static bool IsWordCharacter(char c) => Word[c];

    private static bool[] MakeWord()
    {
        var word = new bool[char.MaxValue + 1];
        for (var code = 0; code < word.Length; code++)
            word[code] = char.GetUnicodeCategory((char)code) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
        return word;
    }
}
