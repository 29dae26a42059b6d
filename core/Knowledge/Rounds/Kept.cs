namespace Support.Knowledge.Rounds;

/// <summary>What became of texts that a model was asked about.</summary>
/// <param name="CameOut">The model made of them what it was asked for.</param>
/// <param name="Again">It made nothing usable of them; they are asked about again.</param>
/// <param name="LeftAlone">It refused them, or made nothing usable of them for the last time: they are not asked about again with it.</param>
internal readonly record struct Kept(int CameOut, int Again, int LeftAlone)
{
    public bool IsNone => this == default;

    public static Kept operator +(Kept one, Kept other) => new(one.CameOut + other.CameOut, one.Again + other.Again, one.LeftAlone + other.LeftAlone);

    /// <param name="failures">How often each text has failed by now.</param>
    /// <param name="most">After so many a text is left alone.</param>
    public static Kept Of(IReadOnlyList<int> failures, int most)
    {
        var (cameOut, leftAlone) = (failures.Count(times => times == 0), failures.Count(times => times >= most));
        return new Kept(cameOut, failures.Count - cameOut - leftAlone, leftAlone);
    }
}
