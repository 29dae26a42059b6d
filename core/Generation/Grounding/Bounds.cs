namespace Support.Generation.Grounding;

/// <summary>What the words before a number make of it.</summary>
internal static class Bounds
{
    public static Bound Before(List<TextToken> tokens, int number)
    {
        var before = string.Join(' ', tokens.Skip(Math.Max(0, number - 3)).Take(Math.Min(3, number)).Where(token => token.Clause == tokens[number].Clause).Select(token => token.Folded));
        return Ends(before, "не более", "не больше", "не позднее", "не позже", "не дороже", "до", "максимум", "в течение", "меньше", "менее", "дешевле", "up to", "at most", "no more than", "not more than", "no later than", "within",
                "less than", "under", "below", "until", "fewer than", "maximum of", "as long as") && !Ends(before, "не меньше", "не менее", "не дешевле", "no less than", "not less than") ? Bound.AtMost
            : Ends(before, "не менее", "не меньше", "от", "больше", "более", "свыше", "минимум", "дороже", "выше", "тяжелее", "длиннее", "старше", "at least", "no less than", "not less than", "from", "more than", "over", "above", "minimum of",
                "longer than", "heavier than", "через") ? Bound.AtLeast
            : Bound.None;
    }

    private static bool Ends(string text, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
            if (text.EndsWith(ending, StringComparison.Ordinal) && (text.Length == ending.Length || text[^(ending.Length + 1)] == ' '))
                return true;
        return false;
    }
}
