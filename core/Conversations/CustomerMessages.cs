using System.Text.Json;
using Microsoft.Extensions.Options;
using Support.Jobs;

namespace Support.Conversations;

/// <summary>A customer wrote: the message is kept and the conversation becomes due when the burst is over.</summary>
public sealed class CustomerMessages(IOptions<ConversationOptions> options)
{
    private const string Arrive =
        """
        with who as (
            insert into person (tenant_id, id, name, username, language, started_at)
            values (@tenant, @person, @name, @username, @language, @started)
            on conflict (tenant_id, id) do update
            set name = excluded.name, username = excluded.username, language = coalesce(excluded.language, person.language),
                started_at = coalesce(person.started_at, excluded.started_at)
            where (person.name, person.username) is distinct from (excluded.name, excluded.username) or (person.started_at is null and excluded.started_at is not null)),
        back as (update chat set gone_since = null, gone_why = null where bot_id = @bot and id = @chat and gone_since is not null),
        talk as (
            insert into conversation (tenant_id, bot_id, chat_id, person_id, thread_id, language, due_at, burst_began_at)
            values (@tenant, @bot, @chat, @person, @thread, @speaks, @due, @now)
            on conflict (tenant_id, bot_id, chat_id, person_id) do update
            set thread_id = excluded.thread_id,
                due_at = case when conversation.ticket_id is not null then @now
                              else least(@due, coalesce(conversation.burst_began_at, @now) + @longest) end,
                burst_began_at = coalesce(conversation.burst_began_at, @now)
            returning id, due_at),
        edit as (delete from pending_edit where bot_id = @bot and chat_id = @chat and message_id = @message returning text)
        insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, text, medium, reply_to, sent_at)
        select @tenant, @bot, @chat, @message, talk.id, 0, coalesce((select text from edit), @text), @medium::jsonb, @replyTo, @sent from talk
        on conflict (tenant_id, bot_id, chat_id, message_id) do nothing
        returning (select id from talk) as id, (select due_at from talk) as due_at
        """;

    public async Task ArriveAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var burst = options.Value.Burst;
        var isPrivate = message.Chat.Kind == ChatKind.Private;
        var due = await scope.Transaction.FirstAsync<Due>(Arrive, new
        {
            tenant = scope.Transaction.Tenant.Value,
            person = message.From.Id,
            name = message.From.FullName,
            username = message.From.Username,
            language = message.From.LanguageCode,
            started = isPrivate ? scope.Now : (DateTimeOffset?)null,
            bot = scope.Bot.Id.Value,
            chat = message.Chat.Id,
            thread = message.Thread,
            speaks = SpokenLanguage(message.From.LanguageCode),
            due = scope.Now + burst,
            now = scope.Now,
            longest = options.Value.LongestBurst,
            message = message.MessageId,
            text = message.Text,
            medium = message.Medium is null ? null : JsonSerializer.Serialize(message.Medium, ConversationJson.Default.Medium),
            replyTo = message.ReplyTo?.MessageId,
            sent = message.SentAt,
        }, cancellation);
        if (due is null)
            return;
        var delay = due.DueAt.ToUniversalTime() - scope.Now.UtcDateTime;
        scope.Transaction.Wake(WakeUp.Question(scope.Transaction.Tenant, scope.Bot.Id, due.Id, delay < TimeSpan.Zero ? TimeSpan.Zero : delay));
        // Below a third of a second the answer itself is quicker than the hint that it will come.
        if (burst > TimeSpan.FromSeconds(0.3))
            scope.Afterward((messenger, token) => messenger.ShowTypingAsync(scope.Bot.Id, message.Chat.Id, message.Thread, token));
    }

    /// <summary>The language to begin with, before the customer has written enough to tell.</summary>
    public static string SpokenLanguage(string? languageCode) =>
        languageCode is not null && (languageCode.StartsWith("ru", StringComparison.OrdinalIgnoreCase) || languageCode.StartsWith("be", StringComparison.OrdinalIgnoreCase) || languageCode.StartsWith("uk", StringComparison.OrdinalIgnoreCase))
            ? "ru"
            : "en";

    private sealed record Due(long Id, DateTime DueAt);
}
