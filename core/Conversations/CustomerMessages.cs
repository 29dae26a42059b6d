using System.Text.Json;
using Microsoft.Extensions.Options;
using Support.Database;
using Support.Jobs;
using Support.Tenants;

namespace Support.Conversations;

/// <summary>A customer wrote: the message is kept and the conversation becomes due when the burst is over.</summary>
public sealed class CustomerMessages(DeskDatabase database, IOptions<ConversationOptions> options)
{
    // Due at another moment than before, if only by a microsecond: that is how whoever answers at this moment sees that something has arrived.
    private const string Arrive =
        $"""
        with who as (
            insert into person (tenant_id, id, name, username, language, started_at)
            select @tenant, @person, @name, @username, @language, @started where {TenantJourney.Passed}
            on conflict (tenant_id, id) do update
            set name = excluded.name, username = excluded.username, language = coalesce(excluded.language, person.language),
                started_at = coalesce(person.started_at, excluded.started_at)
            where (person.name, person.username) is distinct from (excluded.name, excluded.username) or (person.started_at is null and excluded.started_at is not null)),
        back as (update chat set gone_since = null, gone_why = null where bot_id = @bot and id = @chat and gone_since is not null and {TenantJourney.Passed}),
        talk as (
            insert into conversation (tenant_id, bot_id, chat_id, person_id, thread_id, language, due_at, burst_began_at)
            select @tenant, @bot, @chat, @person, @thread, @speaks, @due, @now where {TenantJourney.Passed}
            on conflict (tenant_id, bot_id, chat_id, person_id) do update
            set thread_id = excluded.thread_id,
                due_at = greatest(conversation.due_at + interval '1 microsecond', case when conversation.ticket_id is not null then @now
                              else least(@due, coalesce(conversation.burst_began_at, @now) + @longest) end),
                burst_began_at = coalesce(conversation.burst_began_at, @now)
            returning id, due_at),
        edit as (delete from pending_edit where bot_id = @bot and chat_id = @chat and message_id = @message and {TenantJourney.Passed} returning text)
        insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, text, medium, reply_to, sent_at)
        select @tenant, @bot, @chat, @message, talk.id, 0, coalesce((select text from edit), @text), @medium::jsonb, @replyTo, @sent from talk
        on conflict (tenant_id, bot_id, chat_id, message_id) do nothing
        returning (select id from talk) as id, (select due_at from talk) as due_at
        """;

    /// <summary>In the transaction of an update that may do more.</summary>
    public async Task ArriveAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var arrive = StatementFor(scope.Bot, message, scope.Now);
        var arrived = ArrivedAs(await scope.Transaction.FirstAsync<Due>(arrive.Sql, arrive.Parameters, cancellation), scope.Bot, message, scope.Now);
        if (arrived.WakeUp is { } wakeUp)
            scope.Transaction.Wake(wakeUp);
        foreach (var effect in arrived.Afterwards)
            scope.Afterward(effect);
    }

    /// <summary>The whole of an update that is nothing but a customer's message, in one journey. Null when it was processed before.</summary>
    public async Task<Arrived?> ReceiveAsync(BotInfo bot, UpdateKey key, IncomingMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        var (isNew, due) = await TenantJourney.RunAsync(
            database.Source, bot.Tenant, key.Mark(), [StatementFor(bot, message, now)], async answers => (answers.HasPassed, await answers.FirstAsync<Due>()), cancellation);
        return isNew ? ArrivedAs(due, bot, message, now) : null;
    }

    private Statement StatementFor(BotInfo bot, IncomingMessage message, DateTimeOffset now) => new(Arrive, new
    {
        tenant = bot.Tenant.Value,
        person = message.From.Id,
        name = message.From.FullName,
        username = message.From.Username,
        language = message.From.LanguageCode,
        started = message.Chat.Kind == ChatKind.Private ? now : (DateTimeOffset?)null,
        bot = bot.Id.Value,
        chat = message.Chat.Id,
        thread = message.Thread,
        speaks = SpokenLanguage(message.From.LanguageCode),
        due = now + options.Value.Burst,
        now,
        longest = options.Value.LongestBurst,
        message = message.MessageId,
        text = message.Text,
        medium = message.Medium is null ? null : JsonSerializer.Serialize(message.Medium, ConversationJson.Default.Medium),
        replyTo = message.ReplyTo?.MessageId,
        sent = message.SentAt,
    });

    /// <param name="due">Null when the message was there already.</param>
    private Arrived ArrivedAs(Due? due, BotInfo bot, IncomingMessage message, DateTimeOffset now)
    {
        if (due is null)
            return new Arrived(null, []);
        var delay = due.DueAt.ToUniversalTime() - now.UtcDateTime;
        var wakeUp = WakeUp.Question(bot.Tenant, bot.Id, due.Id, delay < TimeSpan.Zero ? TimeSpan.Zero : delay);
        // Below a third of a second the answer itself is quicker than the hint that it will come.
        return options.Value.Burst > TimeSpan.FromSeconds(0.3)
            ? new Arrived(wakeUp, [(messenger, token) => messenger.ShowTypingAsync(bot.Id, message.Chat.Id, message.Thread, token)])
            : new Arrived(wakeUp, []);
    }

    /// <summary>The language to begin with, before the customer has written enough to tell.</summary>
    public static string SpokenLanguage(string? languageCode) =>
        languageCode is not null && (languageCode.StartsWith("ru", StringComparison.OrdinalIgnoreCase) || languageCode.StartsWith("be", StringComparison.OrdinalIgnoreCase) || languageCode.StartsWith("uk", StringComparison.OrdinalIgnoreCase))
            ? "ru"
            : "en";

    private sealed record Due(long Id, DateTime DueAt);
}

/// <param name="WakeUp">Null when there is nothing to be done.</param>
/// <param name="Afterwards">Best effort.</param>
public sealed record Arrived(WakeUp? WakeUp, IReadOnlyList<Func<IMessenger, CancellationToken, ValueTask>> Afterwards);
