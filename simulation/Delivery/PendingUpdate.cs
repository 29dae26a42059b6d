using Support.Simulation.Wire;

namespace Support.Simulation;

internal sealed class PendingUpdate(Update update, DateTimeOffset expires)
{
    public Update Update { get; } = update;

    public UpdateKey Key { get; } = UpdateKey.Of(update);

    public DateTimeOffset Expires { get; } = expires;

    /// <summary>Delivered, confirmed, dropped or expired: its lane passes over it.</summary>
    public bool IsSettled { get; set; }
}
