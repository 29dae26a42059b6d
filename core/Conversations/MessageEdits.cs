using System.Text.Json;
using Support.Jobs;

namespace Support.Conversations;

/// <summary>
/// A customer changed a message. Before it was answered the new text counts; afterwards it is asked again; with a person
/// it is passed on. An edit that overtakes its message waits for it.
/// </summary>
public sealed class MessageEdits
{
    // First of all, as whoever answers locks it: else the two could wait for each other.
    private const string LockConversation =
        """
        select id from conversation
        where id = (select conversation_id from message where bot_id = @bot and chat_id = @chat and message_id = @message and direction = 0)
        for no key update
        """;

    private const string IsOtherFile =
        """
        @medium::jsonb is not null and case when medium ->> 'uniqueId' is not null
            then medium ->> 'uniqueId' is distinct from @medium::jsonb ->> 'uniqueId' else medium ->> 'fileId' is distinct from @medium::jsonb ->> 'fileId' end
        """;

    // Another file has not been read.
    private const string Change =
        $"""
        update message set text = @text, edited_at = @now, question_id = null, ticket_id = null, medium = coalesce(@medium::jsonb, medium),
            reading = case when {IsOtherFile} then null else reading end
        where bot_id = @bot and chat_id = @chat and message_id = @message and direction = 0 and conversation_id is not null
            and (text is distinct from @text or {IsOtherFile})
        returning conversation_id
        """;

    private const string IsKnown = "select exists (select from message where bot_id = @bot and chat_id = @chat and message_id = @message)";

    private const string Keep =
        """
        insert into pending_edit (tenant_id, bot_id, chat_id, message_id, text, at) values (@tenant, @bot, @chat, @message, @text, @now)
        on conflict (tenant_id, bot_id, chat_id, message_id) do update set text = excluded.text, at = excluded.at
        """;

    private const string MakeDue =
        "update conversation set due_at = greatest(@now, due_at + interval '1 microsecond'), burst_began_at = coalesce(burst_began_at, @now) where id = @conversation";

    public async Task ApplyAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var where = new
        {
            tenant = scope.Transaction.Tenant.Value,
            bot = scope.Bot.Id.Value,
            chat = message.Chat.Id,
            message = message.MessageId,
            text = message.Text,
            medium = message.Medium is null ? null : JsonSerializer.Serialize(message.Medium, ConversationJson.Default.Medium),
            now = scope.Now,
        };
        await scope.Transaction.FirstAsync<long?>(LockConversation, where, cancellation);
        var conversation = await scope.Transaction.FirstAsync<long?>(Change, where, cancellation);
        if (conversation is { } known)
        {
            await scope.Transaction.ExecuteAsync(MakeDue, new { scope.Now, conversation = known }, cancellation);
            scope.Transaction.Wake(WakeUp.Question(scope.Transaction.Tenant, scope.Bot.Id, known, TimeSpan.Zero));
        }
        else if (message.Chat.Kind == ChatKind.Private && !await scope.Transaction.FirstAsync<bool>(IsKnown, where, cancellation))
        {
            await scope.Transaction.ExecuteAsync(Keep, where, cancellation);
        }
    }
}
