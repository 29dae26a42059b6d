namespace Support.FunctionsHost.Invocations;

internal sealed class InvocationLedger(IEnumerable<string> functions)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, InvocationCounts> _counts = functions.ToDictionary(name => name, _ => new InvocationCounts(0, 0, 0), StringComparer.OrdinalIgnoreCase);

    public void Begun(string function) => Change(function, c => c with { Running = c.Running + 1 });

    public void Hung(string function) => Change(function, c => c with { Hung = c.Hung + 1 });

    public void Ended(string function, bool succeeded) => Change(function, c => c with
    {
        Running = c.Running - 1,
        Succeeded = c.Succeeded + (succeeded ? 1 : 0),
        Failed = c.Failed + (succeeded ? 0 : 1),
    });

    public IReadOnlyDictionary<string, InvocationCounts> Read()
    {
        lock (_lock)
            return new Dictionary<string, InvocationCounts>(_counts, StringComparer.OrdinalIgnoreCase);
    }

    private void Change(string function, Func<InvocationCounts, InvocationCounts> change)
    {
        lock (_lock)
            _counts[function] = change(_counts[function]);
    }
}
