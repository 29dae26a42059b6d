using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>
/// What Telegram keeps in order: messages and their edits by chat, callback queries by user, changes of the bot's membership by
/// chat in a line of their own. The next update of a key waits until the one before was acknowledged.
/// </summary>
internal readonly record struct UpdateKey(char Line, long Id)
{
    public static UpdateKey Of(Update update) => update switch
    {
        { Message: { } message } => new UpdateKey('m', message.Chat.Id),
        { EditedMessage: { } message } => new UpdateKey('m', message.Chat.Id),
        { CallbackQuery: { } query } => new UpdateKey('c', query.From.Id),
        { MyChatMember: { } change } => new UpdateKey('b', change.Chat.Id),
        _ => throw new InvalidOperationException($"Update {update.UpdateId} has no content."),
    };
}
