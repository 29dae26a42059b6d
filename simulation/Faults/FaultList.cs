namespace Support.Simulation;

/// <summary>The faults in force, the oldest first.</summary>
internal sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];
    private volatile bool _isEmpty = true;

    public void Add(Fault fault)
    {
        fault.Check();
        lock (_gate)
        {
            _faults.Add(fault);
            _isEmpty = false;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _isEmpty = true;
        }
    }

    /// <summary>The fault that hits this call, if any; it is used up by one.</summary>
    public Fault? Take(string method)
    {
        if (_isEmpty)
            return null;
        lock (_gate)
        {
            var index = _faults.FindIndex(fault => fault.Method == Fault.AnyMethod || fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
                return null;
            var fault = _faults[index];
            if (fault.Count is 1)
                _faults.RemoveAt(index);
            else if (fault.Count is { } count)
                _faults[index] = fault with { Count = count - 1 };
            _isEmpty = _faults.Count == 0;
            return fault;
        }
    }
}
