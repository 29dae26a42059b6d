namespace Support.Simulation.Models;

/// <summary>What goes wrong now, the oldest first. Draws are seeded, so that a run can be repeated.</summary>
public sealed class MisbehaviourList(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<Misbehaviour> _all = [];
    private readonly Random _random = new(seed);
    private double _share;
    private Trouble[] _ways = [];

    public void Add(Misbehaviour misbehaviour)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(misbehaviour.Share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(misbehaviour.Share, 1);
        lock (_gate)
            _all.Add(misbehaviour);
    }

    /// <summary>The next requests of any kind.</summary>
    public void Next(Trouble trouble, int count = 1) => Add(new Misbehaviour(trouble) { Next = count });

    /// <summary>A share of requests, each in one of the ways that can spoil it (<see cref="Spoiling.CanSpoil"/>), all as likely. One that none of them can spoil is let pass. After all that was added.</summary>
    public void Share(double share, params Trouble[] ways)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        lock (_gate)
            (_share, _ways) = (share, ways);
    }

    public void Clear()
    {
        lock (_gate)
        {
            _all.Clear();
            (_share, _ways) = (0, []);
        }
    }

    internal Misbehaviour? Take(ModelRequest request)
    {
        lock (_gate)
        {
            for (var i = 0; i < _all.Count; i++)
            {
                var one = _all[i];
                if (one.When?.Invoke(request) == false || (one.Share < 1 && _random.NextDouble() >= one.Share))
                    continue;
                if (one.Next is 1)
                    _all.RemoveAt(i);
                else if (one.Next is { } left)
                    _all[i] = one with { Next = left - 1 };
                return one;
            }
            if (_random.NextDouble() >= _share || _ways.Where(way => way.CanSpoil(request)).ToList() is not { Count: > 0 } ways)
                return null;
            return new Misbehaviour(ways[_random.Next(ways.Count)]);
        }
    }
}
