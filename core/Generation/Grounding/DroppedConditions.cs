namespace Support.Generation.Grounding;

/// <summary>What a window makes its statement depend on, and a sentence leaves out: a condition, a limit, an "only", a "then".</summary>
internal static class DroppedConditions
{
    // A condition is kept when so much of what follows its word stands in the sentence.
    private const double Kept = .5;

    private const int Reach = 5;

    private static readonly HashSet<string> Conditions = GroundingData.List("conditions");
    private static readonly HashSet<string> Only = GroundingData.List("only");
    private static readonly HashSet<string> Referring = GroundingData.List("referring");

    public static bool Any(ReadText sentence, ReadText window, WordMatch match)
    {
        var found = match.Matches.SelectMany(one => one.Found).ToHashSet();
        if (found.Count == 0)
            return false;
        var taken = found.Select(word => word.Clause).ToHashSet();
        var lines = found.Select(word => word.Line).ToHashSet();
        return window.Words.Any(word => Conditions.Contains(word.Text) && IsNear(word.Clause) && lines.Contains(word.Line) && !IsKept(word))
            || !sentence.HasAny(Only) && window.Words.Any(word => Only.Contains(word.Text) && taken.Contains(word.Clause))
            || !sentence.HasAny(Referring) && window.Words.Any(word => Referring.Contains(word.Text) && lines.Contains(word.Line) && taken.Contains(word.Clause))
            || window.Numbers.Any(number => number.Bound != Bound.None && taken.Contains(number.Clause) && IsTaken(number.Clause) && !Says(number));

        bool IsNear(int clause) => taken.Contains(clause - 1) || taken.Contains(clause) || taken.Contains(clause + 1);

        // Most of the clause is said, so its limit belongs to what is said.
        bool IsTaken(int clause) => window.Words.Where(word => word.Clause == clause && word.IsContent).ToList() is var content && content.Count(found.Contains) > Kept * content.Count;

        bool IsKept(Word condition)
        {
            var words = window.Words.Where(word => word.Clause == condition.Clause && word.Position > condition.Position && word.IsContent && word.Position <= condition.Position + 2 * Reach).Take(Reach).ToList();
            var numbers = window.Numbers.Where(number => number.Clause == condition.Clause && number.Position > condition.Position && number.Position <= condition.Position + Reach).ToList();
            return words.Count(found.Contains) + numbers.Count(Says) >= Kept * (words.Count + numbers.Count);
        }

        bool Says(Quantity number) => sentence.Numbers.Any(own => own.Equals(number, strictly: false));
    }
}
