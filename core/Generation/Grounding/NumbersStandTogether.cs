namespace Support.Generation.Grounding;

/// <summary>Whether each number of a sentence belongs to the same words in the window: a price that stands there for something else is a wrong price.</summary>
internal static class NumbersStandTogether
{
    public static bool In(ReadText sentence, ReadText window, WordMatch match) =>
        sentence.Numbers.All(number =>
        {
            var nearest = match.Matches.Where(one => one.Found.Count > 0).OrderBy(one => Math.Abs(one.Word.Position - number.Position)).Take(2).ToList();
            var places = window.Numbers.Where(other => number.Equals(other, strictly: true)).ToList();
            return nearest.TrueForAll(word => word.Found.Any(found => places.Exists(place => HasNoRival(window, found, place))));
        });

    /// <summary>No other number of the same unit is as near to the word, unless this one shares its clause and the other does not.</summary>
    private static bool HasNoRival(ReadText window, Word word, Quantity place)
    {
        var distance = Math.Abs(word.Position - place.Position);
        return !window.Numbers.Any(other =>
            other != place && other.Value != place.Value && other.HasUnitOf(place) && Math.Abs(other.Position - place.Position) > 1
            && Math.Abs(word.Position - other.Position) <= distance && !(place.Clause == word.Clause && other.Clause != word.Clause));
    }
}
