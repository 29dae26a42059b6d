using Support.Database;

namespace Support.Tickets;

/// <summary>What deliver-reply notes once a card or a topic stands in the admins' chat.</summary>
public sealed class CardSent
{
    // A card that arrives in a former chat after the admins moved is an old copy, not the ticket's card.
    private const string NoteCard = "update ticket set card_chat_id = @chat, card_message_id = @message where id = @ticket and (card_chat_id = @chat or card_chat_id is null)";
    private const string NoteTopic = "update ticket set card_chat_id = @chat, topic_id = @topic where id = @ticket and (card_chat_id = @chat or card_chat_id is null)";

    public Task CardAsync(TenantTransaction tx, long ticket, long chat, long message, CancellationToken cancellation) =>
        tx.ExecuteAsync(NoteCard, new { ticket, chat, message }, cancellation);

    public Task TopicAsync(TenantTransaction tx, long ticket, long chat, long topic, CancellationToken cancellation) =>
        tx.ExecuteAsync(NoteTopic, new { ticket, chat, topic }, cancellation);

    /// <summary>The name for a topic that must be made anew because people deleted it; null if the ticket is gone.</summary>
    public async Task<string?> TopicNameAsync(TenantTransaction tx, long ticket, CancellationToken cancellation) =>
        await TicketRow.FindAsync(tx, ticket, cancellation) is { } row ? TicketCard.TopicName(row) : null;
}
