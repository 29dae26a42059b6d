using Support.Conversations;
using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>A customer's words and files on their way to the admins: into the ticket's topic, else as replies to its card.</summary>
internal static class Relay
{
    private const string Belong =
        """
        update message set ticket_id = @ticket
        where tenant_id = @tenant and bot_id = @bot and chat_id = @chat and message_id = any(@messages) and direction = 0
        """;

    /// <summary>The bot answers no message that belongs to a ticket.</summary>
    public static async Task BelongToAsync(TenantTransaction tx, TicketRow ticket, BotInfo bot, IReadOnlyList<long> messages, CancellationToken cancellation)
    {
        if (messages.Count > 0)
            await tx.ExecuteAsync(Belong, new { ticket = ticket.Id, tenant = tx.Tenant.Value, bot = bot.Id.Value, chat = ticket.CustomerChatId, messages = messages.ToArray() }, cancellation);
    }

    /// <summary>In the order they were written; texts that follow each other share a message, because a group takes only 20 a minute.</summary>
    public static async Task MessagesAsync(TenantTransaction tx, BotInfo bot, DateTimeOffset now, TicketRow ticket, IReadOnlyList<CustomerMessage> messages, CancellationToken cancellation)
    {
        var texts = new List<string>();
        foreach (var message in messages)
        {
            if (message is { HasMedium: false, IsEdit: false })
            {
                texts.Add(message.Text ?? "");
                continue;
            }
            await FlushAsync();
            if (!message.IsEdit)
                await FilesAsync(tx, bot, now, ticket, [message.MessageId], cancellation);
            else if (!string.IsNullOrWhiteSpace(message.Text))
                await TextAsync(tx, bot, now, ticket, "relay.edited", message.Text, cancellation);
        }
        await FlushAsync();

        async Task FlushAsync()
        {
            if (texts.Count > 0)
                await TextAsync(tx, bot, now, ticket, "relay", string.Join("\n", texts), cancellation);
            texts.Clear();
        }
    }

    /// <param name="heading">The phrase that says who speaks.</param>
    public static async Task TextAsync(TenantTransaction tx, BotInfo bot, DateTimeOffset now, TicketRow ticket, string heading, string text, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(tx, ticket.Language, cancellation);
        var who = Phrases.Html(language, heading, ticket.Number, Excerpt.Plain(ticket.CustomerName, 40));
        foreach (var part in MessageSplitter.Split($"{who}\n{Html.Escape(text)}"))
            await PutAsync(tx, bot, now, ticket, replyTo => new Outgoing.SendText(part, ReplyTo: replyTo), cancellation);
    }

    public static async Task FilesAsync(TenantTransaction tx, BotInfo bot, DateTimeOffset now, TicketRow ticket, IReadOnlyList<long> messages, CancellationToken cancellation)
    {
        foreach (var message in messages)
            await PutAsync(tx, bot, now, ticket, replyTo => new Outgoing.CopyMessage(ticket.CustomerChatId, message, replyTo), cancellation);
    }

    private const string TopicIsComing = "select exists (select from outbox where ticket_id = @id and chat_id = @chat and purpose = 'topic' and state in (0, 1))";

    private static async Task PutAsync(TenantTransaction tx, BotInfo bot, DateTimeOffset now, TicketRow ticket, Func<long?, Outgoing> body, CancellationToken cancellation)
    {
        // Nobody can be reached: the message waits with the ticket, and comes with its card.
        if (ticket.CardChatId is not { } chat)
            return;
        var inTopic = ticket.TopicId is not null || await tx.FirstAsync<bool>(TopicIsComing, new { id = ticket.Id, chat }, cancellation);
        var message = new OutboxMessage(chat, Purposes.ToAdmins, body(inTopic ? null : ticket.CardMessageId))
        {
            Conversation = ticket.ConversationId,
            Ticket = ticket.Id,
            InTopic = inTopic,
        };
        await Outbox.AddAsync(tx, bot.Id, message, now, cancellation);
    }
}
