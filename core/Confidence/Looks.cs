namespace Support.Confidence;

/// <summary>
/// At how many labels it is looked whether a threshold passes: at the fewest that can pass, and each time when half as many again were made. Between
/// two looks nothing changes. Whoever labels until it passes and stops there gives chance a try at each look: in simulation, where the true rate lies
/// just above 10 % at every confidence, a look after each label let 25 of 100 broken promises pass, these looks 15, and a single one 9.
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
