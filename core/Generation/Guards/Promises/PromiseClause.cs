using System.Text.RegularExpressions;
using Support.Text;

namespace Support.Generation.Guards;

/// <summary>A part of a sentence between commas and the like, in folded words, without what stands in quotation marks: names of buttons and statuses claim nothing.</summary>
/// <param name="Words">English contractions are written out: "I've" is "i have".</param>
/// <param name="IsAlone">The sentence is this clause.</param>
/// <param name="EndsAfterFirst">A mark follows the first word at once: "Готово!".</param>
/// <param name="Asks">The sentence ends in a question mark.</param>
internal sealed partial record PromiseClause(IReadOnlyList<string> Words, bool IsAlone, bool EndsAfterFirst, bool Asks)
{
    private static readonly (string Short, string Long)[] Contractions =
    [
        ("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"), ("'ve", " have"), ("'ll", " will"), ("'m", " am"), ("'re", " are"), ("'d", " would"), ("let's", "let us"),
    ];

    public string Text { get; } = $" {string.Join(' ', Words)} ";

    public static IReadOnlyList<PromiseClause> Of(string sentence)
    {
        var text = Folding.Fold(LookAlikes.Unmix(SeenText.Of(sentence).Text)).Replace('’', '\'').Replace('`', '\'');
        text = Quoted().Replace(text, " ");
        foreach (var (shorter, longer) in Contractions)
            text = text.Replace(shorter, longer, StringComparison.Ordinal);
        var asks = text.TrimEnd().EndsWith('?');
        var parts = Break().Split(text).Where(part => part.Any(char.IsLetter)).ToList();
        return parts.ConvertAll(part => new PromiseClause(Tokenizer.Tokens(part), parts.Count == 1, Tokenizer.Tokens(part).Count == 1, asks));
    }

    public bool Has(string phrase) => Text.Contains($" {phrase} ", StringComparison.Ordinal);

    [GeneratedRegex("«[^»]{0,80}»|\"[^\"]{0,80}\"|“[^”]{0,80}”")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[,;:!?…()—]|\.(?=\s|$)|\s[-–]\s|\n")]
    private static partial Regex Break();
}
