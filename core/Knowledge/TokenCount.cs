namespace Support.Knowledge;

/// <summary>
/// Tokens of a text, estimated without a tokenizer: a Latin word is a token for each 4 letters (so about 1.3 for an English word), a Cyrillic word
/// one for each 3, digits one for each 3, an ideograph one by itself, other scripts one for each 2 letters, a run of punctuation at least one.
/// These are the usual rates of the byte-pair vocabularies of current multilingual models, which differ among themselves by a fifth or so, and by
/// more on code and rare scripts. Good for cutting documents and for keeping a prompt within its limit with a margin; not for a bill.
/// </summary>
public static class TokenCount
{
    public static int Estimate(ReadOnlySpan<char> text)
    {
        var tokens = 0.0;
        for (var at = 0; at < text.Length;)
        {
            var script = ScriptOf(text[at]);
            var start = at++;
            while (at < text.Length && ScriptOf(text[at]) == script)
                at++;
            tokens += Weigh(script, at - start);
        }
        return (int)Math.Ceiling(tokens);
    }

    private enum Script { Space, Latin, Cyrillic, Digits, Ideographs, Other, Marks }

    private static double Weigh(Script script, int length) => script switch
    {
        Script.Space => 0,
        Script.Latin => Math.Max(1, length / 4.0),
        Script.Ideographs => length,
        Script.Other => Math.Max(1, length / 2.0),
        _ => Math.Max(1, length / 3.0),
    };

    private static Script ScriptOf(char c) => c switch
    {
        _ when char.IsWhiteSpace(c) => Script.Space,
        _ when char.IsAsciiLetter(c) || c is >= 'À' and <= 'ɏ' && c is not ('×' or '÷') => Script.Latin,
        >= 'Ѐ' and <= 'ԯ' => Script.Cyrillic,
        _ when char.IsDigit(c) => Script.Digits,
        >= '\u3040' and <= '\u9FFF' => Script.Ideographs,
        _ when char.IsLetter(c) || char.IsSurrogate(c) => Script.Other,
        _ => Script.Marks,
    };
}
