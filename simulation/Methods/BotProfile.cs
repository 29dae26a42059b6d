using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class BotProfile
{
    private const int MostCommands = 100;

    public static Reply GetMe(Call call) =>
        Reply.Of(new BotUser(call.Bot.Id, true, call.Bot.State.FirstName, call.Bot.State.Username), SimulationJson.Default.BotUser);

    /// <summary>Keeps the latest list, whatever scope or language it is for: nothing here shows different people different menus.</summary>
    public static Reply SetMyCommands(Call call)
    {
        var commands = call.Arguments.Object("commands", SimulationJson.Default.IReadOnlyListBotCommand)!;
        if (commands.Count > MostCommands)
            throw Refusal.BadRequest("BOT_COMMANDS_TOO_MUCH");
        foreach (var command in commands)
        {
            if (command.Command.Length is < 1 or > 32 || !command.Command.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
                throw Refusal.BadRequest("BOT_COMMAND_INVALID");
            if (command.Description.Length is < 1 or > 256)
                throw Refusal.BadRequest("BOT_COMMAND_DESCRIPTION_INVALID");
        }
        call.World.Commit(new JournalEntry { Bot = call.Bot.State with { Commands = commands } });
        return Reply.True;
    }
}
