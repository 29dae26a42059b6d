namespace Support.Generation.Grounding;

/// <summary>Whether a sentence stands in a window word for word, without a gap.</summary>
internal static class Verbatim
{
    // A negation so far before the words would deny them.
    private const int DeniedBy = 3;

    private static readonly HashSet<string> Negators = GroundingData.List("negators");

    public static bool StandsIn(ReadText sentence, ReadText window)
    {
        var said = sentence.Run;
        if (said.Count == 0)
            return false;
        for (var at = 0; at + said.Count <= window.Run.Count; at++)
        {
            var same = 0;
            while (same < said.Count && window.Run[at + same] == said[same])
                same++;
            if (same == said.Count && !window.Run.Skip(Math.Max(0, at - DeniedBy)).Take(Math.Min(at, DeniedBy)).Any(Negators.Contains))
                return true;
        }
        return false;
    }
}
