namespace Support.Simulation.Models;

/// <summary>What goes wrong now, the oldest first. Draws are seeded, so that a run can be repeated.</summary>
public sealed class MisbehaviourList(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<Misbehaviour> _all = [];
    private readonly Random _random = new(seed);

    public void Add(Misbehaviour misbehaviour)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(misbehaviour.Share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(misbehaviour.Share, 1);
        lock (_gate)
            _all.Add(misbehaviour);
    }

    /// <summary>The next requests of any kind.</summary>
    public void Next(Trouble trouble, int count = 1) => Add(new Misbehaviour(trouble) { Next = count });

    /// <summary>A share of requests, each of the ways as likely as the others.</summary>
    public void Share(double share, params Trouble[] ways)
    {
        // Each is drawn only where those before it missed.
        var left = 1.0;
        foreach (var way in ways)
        {
            Add(new Misbehaviour(way) { Share = share / ways.Length / left });
            left -= share / ways.Length;
        }
    }

    public void Clear()
    {
        lock (_gate)
            _all.Clear();
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
            return null;
        }
    }
}
