using Support.Conversations;
using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>Which ticket a colleague's message is about: the one it replies to, else the one whose topic it stands in.</summary>
internal static class TicketOfMessage
{
    // The customer's chat may be the admins' chat too, when an owner tries the bot out: there only what was meant for admins counts.
    private const string Find =
        """
        select coalesce(
            (select m.ticket_id from message m join ticket t on t.id = m.ticket_id join conversation c on c.id = t.conversation_id
             where m.tenant_id = @tenant and m.bot_id = @bot and m.chat_id = @chat and m.message_id = @repliedTo
               and (m.purpose in ('card', 'to-admins', 'admin-reply') or (m.purpose in ('notice', 'edit') and m.chat_id <> c.chat_id))),
            (select id from ticket where tenant_id = @tenant and bot_id = @bot and card_chat_id = @chat and card_message_id = @repliedTo
             order by id desc limit 1),
            (select id from ticket where tenant_id = @tenant and bot_id = @bot and card_chat_id = @chat and topic_id = @thread
             order by id desc limit 1))
        """;

    public static async Task<long?> FindAsync(TenantTransaction transaction, BotInfo bot, IncomingMessage message, CancellationToken cancellation) =>
        message.ReplyTo is null && message.Thread is null
            ? null
            : await transaction.FirstAsync<long?>(Find, new
            {
                tenant = transaction.Tenant.Value,
                bot = bot.Id.Value,
                chat = message.Chat.Id,
                repliedTo = message.ReplyTo?.MessageId,
                thread = message.Thread,
            }, cancellation);

    private const string Mark =
        """
        insert into message (tenant_id, bot_id, chat_id, message_id, direction, reply_to, ticket_id, purpose, sent_at)
        values (@tenant, @bot, @chat, @message, 0, @repliedTo, @ticket, 'admin-reply', @sentAt)
        on conflict (tenant_id, bot_id, chat_id, message_id) do update set ticket_id = excluded.ticket_id, purpose = excluded.purpose
        """;

    /// <summary>So that a reply to it belongs to the ticket too. Its words are kept where they went: with the customer's conversation.</summary>
    public static Task MarkAsync(TenantTransaction transaction, BotInfo bot, IncomingMessage message, long ticket, CancellationToken cancellation) =>
        transaction.ExecuteAsync(Mark, new
        {
            tenant = transaction.Tenant.Value,
            bot = bot.Id.Value,
            chat = message.Chat.Id,
            message = message.MessageId,
            repliedTo = message.ReplyTo?.MessageId,
            ticket,
            sentAt = message.SentAt.ToUniversalTime(),
        }, cancellation);
}
