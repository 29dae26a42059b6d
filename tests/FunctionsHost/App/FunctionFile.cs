namespace Support.FunctionsHost.App;

/// <summary>One function: the name of its folder, what sets it off, and the queues it may write to.</summary>
internal sealed record FunctionFile(string Name, Trigger Trigger, IReadOnlyList<QueueOutput> Outputs);

internal abstract record Trigger
{
    private Trigger()
    {
    }

    /// <param name="Route">Without the prefix and without slashes at its ends.</param>
    /// <param name="Methods">In capitals; empty for all.</param>
    public sealed record Http(string Route, IReadOnlyList<string> Methods, bool Anonymous) : Trigger;

    /// <param name="Binding">The name under which the message stands in the envelope's Data.</param>
    public sealed record Queue(string Binding, string QueueName, string Connection) : Trigger;

    public sealed record Timer(string Binding, Timers.Schedule Schedule, bool RunOnStartup, bool UseMonitor) : Trigger;
}

internal sealed record QueueOutput(string Binding, string QueueName, string Connection);
