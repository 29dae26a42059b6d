using System.Text.Json;
using Support.Database;
using Support.Jobs;
using Support.Tenants;

namespace Support.Conversations;

/// <summary>
/// Messages that must go out. A row is written in the transaction that made it necessary; deliver-reply sends the rows of
/// one chat in the order of their ids.
/// </summary>
public static class Outbox
{
    private const string Insert =
        """
        insert into outbox (tenant_id, bot_id, chat_id, conversation_id, question_id, ticket_id, purpose, in_topic, body, due_at, created_at)
        values (@tenant, @bot, @chat, @conversation, @question, @ticket, @purpose, @inTopic, @body::jsonb, @now, @now)
        returning id
        """;

    public static async Task<long> AddAsync(TenantTransaction transaction, BotId bot, OutboxMessage message, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = await transaction.FirstAsync<long>(Insert, new
        {
            tenant = transaction.Tenant.Value,
            bot = bot.Value,
            chat = message.Chat,
            conversation = message.Conversation,
            question = message.Question,
            ticket = message.Ticket,
            purpose = message.Purpose,
            inTopic = message.InTopic,
            body = Serialize(message.Body),
            now,
        }, cancellation);
        transaction.Wake(WakeUp.Reply(transaction.Tenant, bot, message.Chat, TimeSpan.Zero));
        return id;
    }

    public static string Serialize(Outgoing body) => JsonSerializer.Serialize(body, ConversationJson.Default.Outgoing);

    public static Outgoing Deserialize(string body) =>
        JsonSerializer.Deserialize(body, ConversationJson.Default.Outgoing)
        ?? throw new InvalidDataException("An outbox row holds no message.");
}

/// <param name="Purpose">One of <see cref="Purposes"/>: what the message is for, and what is to be noted once it was sent.</param>
public sealed record OutboxMessage(long Chat, string Purpose, Outgoing Body)
{
    public long? Conversation { get; init; }

    public long? Question { get; init; }

    public long? Ticket { get; init; }

    /// <summary>Goes into the ticket's topic if it has one; the thread is looked up when it is sent, so that a deleted topic can be made anew.</summary>
    public bool InTopic { get; init; }
}

public static class Purposes
{
    public const string Answer = "answer";
    public const string Notice = "notice";
    /// <summary>Creates the topic of a ticket; its thread id is kept in the ticket.</summary>
    public const string Topic = "topic";
    /// <summary>The card of a ticket; its chat and message id are kept in the ticket.</summary>
    public const string Card = "card";
    /// <summary>Several tickets in one message, because the group's limit was reached.</summary>
    public const string Digest = "digest";
    /// <summary>A customer's words on their way to the admins.</summary>
    public const string ToAdmins = "to-admins";
    /// <summary>A person's words on their way to the customer.</summary>
    public const string FromAdmin = "from-admin";
    public const string Edit = "edit";
    /// <summary>Tells the admins of a dead letter. Refused, it makes none of its own: each would make another.</summary>
    public const string DeadLetter = "dead-letter";
}
