using System.Text.RegularExpressions;

namespace Support.Simulation.Models;

/// <summary>How much of a question's words a text holds, endings aside: as much understanding as a script has.</summary>
internal static partial class Likeness
{
    // Words alike so far are forms of one.
    private const int Letters = 5;

    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "как", "что", "это", "где", "когда", "или", "для", "при", "мне", "меня", "мой", "вас", "вам", "ваш", "the", "and", "for", "you", "your", "how", "what", "can", "does", "are", "with", "have", "this", "that", "about",
    };

    private static readonly HashSet<string> Denials = new(StringComparer.Ordinal) { "not", "no", "without", "cannot", "не", "нет", "нельзя", "без" };

    /// <summary>From 0 to 1.</summary>
    public static double Of(string question, string text)
    {
        var asked = Roots(question);
        if (asked.Count == 0)
            return 0;
        asked.IntersectWith(Roots(text));
        return asked.Count / (double)Roots(question).Count;
    }

    /// <summary>It says what is not so.</summary>
    public static bool Denies(string text) => Word().Matches(text.ToLowerInvariant()).Any(match => Denials.Contains(match.Value));

    /// <summary>Sentences and lines.</summary>
    public static IReadOnlyList<string> Sentences(string text) => [.. Ends().Split(text).Select(sentence => sentence.Trim(' ', '…', '-', '•')).Where(sentence => sentence.Length > 0)];

    public static string FirstWords(string text, int count) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(count));

    private static HashSet<string> Roots(string text) =>
        [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value).Where(word => word.Length > 2 && !Empty.Contains(word)).Select(word => word.Length > Letters ? word[..Letters] : word)];

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();

    // Not behind the number of a step.
    [GeneratedRegex(@"(?<=[.!?])(?<!(?:^|\n)[0-9]{1,2}\.)\s+|\n|\s…\s")]
    private static partial Regex Ends();
}
