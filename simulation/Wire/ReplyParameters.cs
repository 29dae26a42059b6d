namespace Support.Simulation.Wire;

/// <summary>Only the members the simulation acts on; the specification check has seen the others.</summary>
public sealed record ReplyParameters(long MessageId)
{
    public bool AllowSendingWithoutReply { get; init; }
}
