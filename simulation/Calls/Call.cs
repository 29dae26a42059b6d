namespace Support.Simulation;

/// <summary>One call of a bot, checked against the specification.</summary>
internal sealed record Call(string Method, Bot Bot, Arguments Arguments, SimulatedTelegram Telegram)
{
    public World World => Telegram.World;

    public Postings Postings => Telegram.Postings;

    public long Required(string name) =>
        Arguments.Integer(name) ?? throw new InvalidOperationException($"The specification does not make {name} of {Method} a required Integer.");
}
