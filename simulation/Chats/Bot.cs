using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>A bot and what Telegram keeps for it.</summary>
internal sealed class Bot(BotState state, TimeProvider clock)
{
    public const long FirstUpdateId = 500_000_001;

    /// <summary>What lasts, but for <see cref="LastUpdateId"/>, which moves too often to write it each time.</summary>
    public BotState State { get; set; } = state;

    public long Id => State.Id;

    public long LastUpdateId { get; set; } = state.LastUpdateId;

    public User User { get; private set; } = UserOf(state);

    public PendingUpdates Pending { get; } = new();

    public SendLimits Limits { get; } = new(clock);

    public LongPoll? Poll { get; set; }

    public void Become(BotState next)
    {
        State = next;
        User = UserOf(next);
    }

    private static User UserOf(BotState state) => new(state.Id, true, state.FirstName) { Username = state.Username };

    public bool Wants(string kind) => State.AllowedUpdates is not { Count: > 0 } allowed || allowed.Contains(kind);
}
