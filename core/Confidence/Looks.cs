namespace Support.Confidence;

/// <summary>
/// At how many labels it is looked whether a threshold passes: at the fewest that can pass, and each time when half as many again were made. Between
/// two looks nothing changes. At any one of them the rule's risk holds (<see cref="FixedSequence.Risk"/>). Whoever labels until it passes and stops there
/// gives chance a try at each: the risks of k looks add up to k times that at most, which from the fourth on says little, so it was simulated. Where the
/// true rate lies just above 10 % at every confidence, the worst there is, of 100 who label until it passes 12 stop with a broken promise within 200 labels,
/// 18 within 400 and 29 within 2,000 (after each label a look: 22 and 30 within 200 and 400; a single look: 5 and 6). Where the rate falls with confidence
/// it is 2 to 7. Whoever labels on is told at the next look: held at any one number of labels, no more than 8 are broken.
/// </summary>
public static class Looks
{
    private const double Growth = 1.5;

    /// <summary>The last look at or before this many labels; 0 when there was none yet.</summary>
    public static int Before(int labels, double target)
    {
        var last = 0;
        for (double look = FixedSequence.FewestLabels(target); look <= labels; look = Next(look))
            last = (int)look;
        return last;
    }

    /// <summary>The first look after this many labels.</summary>
    public static int After(int labels, double target)
    {
        double look = FixedSequence.FewestLabels(target);
        while (look <= labels)
            look = Next(look);
        return (int)look;
    }

    private static double Next(double look) => Math.Ceiling(look * Growth);
}
