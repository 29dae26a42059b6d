namespace Support.FunctionsHost.Invocations;

/// <param name="Hung">How many got an answer that completes nothing. Each counts as failed too once functionTimeout has passed.</param>
public sealed record InvocationCounts(int Succeeded, int Failed, int Hung)
{
    public int Running { get; init; }
}
