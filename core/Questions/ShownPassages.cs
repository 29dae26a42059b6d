namespace Support.Questions;

/// <summary>In which order the passages of a question come before the customer: the chosen one, what else stands under its title, the others; or else the best first. After "not helpful" comes the next.</summary>
public static class ShownPassages
{
    /// <summary>What question.chosen holds when the customer wanted none of those offered.</summary>
    public const int NoneOfThese = -1;

    /// <param name="chosen">Which of those offered; null or <see cref="NoneOfThese"/> where none was chosen.</param>
    public static IReadOnlyList<CitedPassage> InOrder(IReadOnlyList<CitedPassage> passages, QuestionTrace trace, int? chosen) =>
        IndexOf(trace, chosen) is { } index && index < passages.Count
            ? [passages[index], .. passages.Where((_, i) => i != index).OrderBy(other => other.Title.Length == 0 || other.Title != passages[index].Title)]
            : passages;

    /// <summary>The chosen passage's place among all of the question's.</summary>
    public static int? IndexOf(QuestionTrace trace, int? chosen) =>
        chosen is { } one && one >= 0 && one < trace.Offered?.Count ? trace.Offered[one] : null;
}
