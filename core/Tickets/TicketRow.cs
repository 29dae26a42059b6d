using System.Text.Json;
using Support.Database;

namespace Support.Tickets;

/// <summary>A ticket with the names and chats around it, as the database has them.</summary>
internal sealed record TicketRow
{
    public long Id { get; init; }
    public int Number { get; init; }
    public long ConversationId { get; init; }
    public string State { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Language { get; init; } = "";
    public string Question { get; init; } = "";
    public string? Draft { get; init; }
    public string Passages { get; init; } = "[]";
    public bool DraftSent { get; init; }
    public long? TakenBy { get; init; }
    public string? TakerName { get; init; }
    public string? CloserName { get; init; }
    public long? CardChatId { get; init; }
    public long? CardMessageId { get; init; }
    public long? TopicId { get; init; }
    public string? AskedDecision { get; init; }
    public string? AskedTrace { get; init; }
    public int? AskedChosen { get; init; }
    public string? AskedFeedback { get; init; }
    public string? AskedTitle { get; init; }
    public long CustomerId { get; init; }
    public string CustomerName { get; init; } = "";
    public string CustomerLanguage { get; init; } = "";
    public long CustomerChatId { get; init; }
    public long? CustomerThreadId { get; init; }

    /// <summary>Where the card stands; null until it was sent.</summary>
    public MessageRef? Card => this is { CardChatId: { } chat, CardMessageId: { } message } ? new MessageRef(chat, message) : null;

    public bool IsClosed => State == States.Closed;

    /// <summary>In private chats Telegram gives the chat the person's id.</summary>
    public bool AskedInGroup => CustomerChatId != CustomerId;

    public IReadOnlyList<TicketPassage> ReadPassages() =>
        JsonSerializer.Deserialize(Passages, TicketJson.Default.IReadOnlyListTicketPassage) ?? [];

    private const string Columns =
        """
        select t.id, t.number, t.conversation_id, t.state, t.reason, t.language, t.question, t.draft, t.passages::text as passages,
               t.draft_sent_at is not null as draft_sent, t.taken_by, taker.name as taker_name, closer.name as closer_name,
               t.card_chat_id, t.card_message_id, t.topic_id,
               q.decision as asked_decision, q.trace::text as asked_trace, q.chosen as asked_chosen, q.feedback as asked_feedback, q.passages -> 0 ->> 'title' as asked_title,
               c.person_id as customer_id, coalesce(customer.name, '') as customer_name, c.language as customer_language,
               c.chat_id as customer_chat_id, c.thread_id as customer_thread_id
        from ticket t
        join conversation c on c.id = t.conversation_id
        left join question q on q.id = t.question_id
        left join person customer on customer.tenant_id = t.tenant_id and customer.id = c.person_id
        left join person taker on taker.tenant_id = t.tenant_id and taker.id = t.taken_by
        left join person closer on closer.tenant_id = t.tenant_id and closer.id = t.closed_by
        """;

    private const string ById = Columns + " where t.id = @id";

    public static Task<TicketRow?> FindAsync(TenantTransaction transaction, long id, CancellationToken cancellation) =>
        transaction.FirstAsync<TicketRow>(ById, new { id }, cancellation);

    private const string ByIdLocked = ById + " for no key update of t";

    // The conversation first, always: everything that changes both takes the locks in this order.
    private const string LockConversation =
        "select id from conversation where id = (select conversation_id from ticket where id = @id) for no key update";

    /// <summary>The ticket as it is now and stays until this transaction ends; null if the tenant has none with this id.</summary>
    public static async Task<TicketRow?> LockAsync(TenantTransaction transaction, long id, CancellationToken cancellation) =>
        await transaction.FirstAsync<long?>(LockConversation, new { id }, cancellation) is null
            ? null
            : await transaction.FirstAsync<TicketRow>(ByIdLocked, new { id }, cancellation);

    private const string OpenOfConversation = "select id from ticket where conversation_id = @conversation and state <> 'closed'";

    /// <summary>Under the conversation's lock.</summary>
    public static async Task<TicketRow?> FindOpenAsync(TenantTransaction transaction, long conversation, CancellationToken cancellation) =>
        await transaction.FirstAsync<long?>(OpenOfConversation, new { conversation }, cancellation) is { } id
            ? await transaction.FirstAsync<TicketRow>(ByIdLocked, new { id }, cancellation)
            : null;

    private const string AllOfConversation = Columns + " where t.conversation_id = @conversation order by t.id for no key update of t";

    public static Task<IReadOnlyList<TicketRow>> OfConversationAsync(TenantTransaction transaction, long conversation, CancellationToken cancellation) =>
        transaction.QueryAsync<TicketRow>(AllOfConversation, new { conversation }, cancellation);

    private const string Waiting =
        Columns + " where t.bot_id = @bot and t.state <> 'closed' and t.card_chat_id is distinct from @chat order by t.id for no key update of t";

    /// <summary>Open tickets of a bot without a card in this chat, oldest first.</summary>
    public static Task<IReadOnlyList<TicketRow>> WithoutCardInAsync(TenantTransaction transaction, long bot, long chat, CancellationToken cancellation) =>
        transaction.QueryAsync<TicketRow>(Waiting, new { bot, chat }, cancellation);
}

internal static class States
{
    public const string Open = "open";
    public const string Taken = "taken";
    public const string Closed = "closed";
}
