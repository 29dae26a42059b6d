namespace Support.Simulation.Wire;

public sealed record BotCommand(string Command, string Description);
