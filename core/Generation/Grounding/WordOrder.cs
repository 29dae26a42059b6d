namespace Support.Generation.Grounding;

/// <summary>Whether words stand in the same order, numbers and names strictly. Where they do not, two may have changed places.</summary>
internal static class WordOrder
{
    private static readonly ILookup<string, string> Opposites = GroundingData.Opposites();

    private const double MostlyKept = .7;

    public static bool IsKept(ReadText sentence, ReadText window, WordMatch match)
    {
        var places = new List<(int Own, int There, bool IsMark)>();
        foreach (var one in match.Matches.Where(one => one.Found.Count == 1))
            places.Add((one.Word.Position, one.Found[0].Position, one.Word.IsName));
        foreach (var number in sentence.Numbers)
            if (window.Numbers.Where(other => number.Equals(other, strictly: false)).ToList() is [var only])
                places.Add((number.Position, only.Position, true));
        places.Sort((one, other) => one.Own.CompareTo(other.Own));
        var marked = places.Where(place => place.IsMark).ToList();
        return IsRising(marked) && OppositesKeepPlaces(match) && LongestRising(places) >= MostlyKept * places.Count;
    }

    /// <summary>"The new item comes once we have the old one" is not what it is with old and new in each other's place.</summary>
    private static bool OppositesKeepPlaces(WordMatch match)
    {
        foreach (var one in match.Matches)
            foreach (var other in match.Matches)
                if (one.Word.Position < other.Word.Position && Opposites[one.Word.Stem].Contains(other.Word.Stem) && one.Found.Count > 0 && other.Found.Count > 0
                    && one.Found.Min(found => found.Position) > other.Found.Max(found => found.Position))
                    return false;
        return true;
    }

    private static bool IsRising(List<(int Own, int There, bool IsMark)> places)
    {
        for (var i = 1; i < places.Count; i++)
            if (places[i].There < places[i - 1].There)
                return false;
        return true;
    }

    private static int LongestRising(List<(int Own, int There, bool IsMark)> places)
    {
        var longest = new int[places.Count];
        for (var i = 0; i < places.Count; i++)
        {
            longest[i] = 1;
            for (var j = 0; j < i; j++)
                if (places[j].There < places[i].There)
                    longest[i] = Math.Max(longest[i], longest[j] + 1);
        }
        return longest.Length == 0 ? 0 : longest.Max();
    }
}
