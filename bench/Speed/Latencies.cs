namespace Support.Bench.Speed;

/// <summary>Percentiles by nearest rank, in milliseconds.</summary>
internal sealed class Latencies(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public int Count => _sorted.Length;

    public double At(double share) =>
        _sorted.Length == 0 ? 0 : Math.Round(_sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)], 3);
}
