namespace Support.Conversations;

/// <summary>
/// A reply to, or a button under, a message that Telegram has shown but whose sending this desk has not noted yet: whoever is
/// quick can be quicker than our commit. It waits until it is known what the message was.
/// </summary>
internal static class Unsettled
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A minute: what is in doubt for longer was written before, and must not hold up replies to older messages.
    private const string IsBeingSent =
        """
        select not exists (select from message where bot_id = @bot and chat_id = @chat and message_id = @message)
           and exists (select from outbox where bot_id = @bot and chat_id = @chat and state = 1 and created_at > @now - interval '1 minute')
        """;

    public static async Task<bool> ConcernsAsync(UpdateScope scope, Incoming incoming, CancellationToken cancellation)
    {
        var (chat, message) = incoming switch
        {
            Incoming.MessageReceived { Message: { ReplyTo: { FromIsBot: true } reply } received } => (received.Chat.Id, reply.MessageId),
            Incoming.ButtonPressed { Chat: { } pressed, MessageId: { } under } => (pressed.Id, under),
            _ => (0, 0),
        };
        return message != 0
            && await scope.Transaction.FirstAsync<bool>(IsBeingSent, new { bot = scope.Bot.Id.Value, chat, message, now = scope.Now }, cancellation);
    }
}
