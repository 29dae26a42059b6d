using System.Security.Cryptography;
using System.Text;
using Support.Text;

namespace Support.Generation.Caching;

/// <summary>
/// By what an answer is found again: the stems of the question in their order, function words dropped. What turns a question round or bounds it (not, without, from, until,
/// only) stays: "without a card" is another question than "with a card".
/// </summary>
internal static class AnswerKey
{
    // More than one message: it is hardly asked again in the same words.
    private const int MostWords = 40;

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "не", "ни", "нет", "без", "кроме", "только", "из", "в", "до", "после", "перед", "от", "за", "к", "более", "менее", "больше", "меньше", "если", "когда", "где", "куда", "откуда", "сколько", "почему", "зачем", "кто",
        "not", "no", "without", "except", "only", "from", "to", "into", "until", "before", "after", "over", "under", "more", "less", "if", "when", "where", "why", "who", "how", "many", "much", "long",
        "can", "cannot", "можно", "нельзя", "могу", "нужно", "надо",
    };

    /// <returns>Null for what is too long to be asked again, or has nothing in it.</returns>
    public static byte[]? Of(string question, string language)
    {
        var words = Tokenizer.Tokens(question);
        var kept = words.Where(word => Kept.Contains(word) || !WordLists.Function.Contains(word) && !WordLists.Helper.Contains(word)).Select(Stemmer.Stem).ToList();
        return kept.Count == 0 || words.Count > MostWords ? null : SHA256.HashData(Encoding.UTF8.GetBytes(language + "\n" + string.Join(' ', kept)));
    }
}
