using Support.Generation.Guards;
using Support.Retrieval;
using Support.Text;

namespace Support.Generation.Asking;

/// <summary>Of what a model wrote, the questions that can help to find a text and that an editor may be shown.</summary>
internal static class UsableQuestions
{
    public const int Most = 5;

    // Longer ones are the text over again.
    private const int Longest = 200;

    /// <returns>In order, none twice. Without those that hold personal data or a placeholder for it, speak to a model, or ask about nothing.</returns>
    public static IReadOnlyList<string> Of(IEnumerable<string> written)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var usable = new List<string>();
        foreach (var question in written.Select(one => QuotedData.CleanLine(one, Longest + 1).Trim()))
        {
            var tokens = Tokenizer.Tokens(question);
            if (usable.Count < Most && question.Length <= Longest && ReadQuestion.Of(tokens).ContentWords > 0
                && PersonalData.Find(question).Count == 0 && !InjectionSigns.Of(question).IsAttempt && known.Add(string.Join(' ', tokens)))
                usable.Add(question);
        }
        return usable;
    }
}
