using System.Security.Cryptography;
using System.Text;
using Support.Text;

namespace Support.Generation.Caching;

/// <summary>
/// By what an answer is found again: the stems of the question in their order, articles, particles and courtesy dropped. What turns a question round, bounds it, says where
/// from and where to, or who does it to whom stays: "without a card" is another question than "with a card".
/// </summary>
internal static class AnswerKey
{
    // More than one message: it is hardly asked again in the same words.
    private const int MostWords = 40;

    // Changed with what is dropped, so that what was kept by another rule is not found.
    private const string Rule = "3";

    // What says nothing of what is asked, whatever stands beside it. Prepositions, modals, adverbs and pronouns all stay: "from a card" is not "to a card", "can I call you" not "can you call me".
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "а", "и", "же", "ли", "бы", "вот", "ну", "это", "пожалуйста", "подскажите", "скажите", "здравствуйте", "привет", "the", "a", "an", "please", "hello", "hi",
    };

    /// <returns>Null for what is too long to be asked again, or has nothing in it.</returns>
    public static byte[]? Of(string question, string language)
    {
        var words = Tokenizer.Tokens(question);
        var kept = words.Where(word => !Dropped.Contains(word)).Select(word => WordLists.Function.Contains(word) ? word : Stemmer.Stem(word)).ToList();
        return kept.Count == 0 || words.Count > MostWords ? null : SHA256.HashData(Encoding.UTF8.GetBytes(Rule + language + "\n" + string.Join(' ', kept)));
    }
}
