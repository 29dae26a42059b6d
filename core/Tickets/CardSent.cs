using Support.Conversations;
using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>What deliver-reply notes once a card or a topic stands in the admins' chat.</summary>
public sealed class CardSent
{
    // A card that arrives in a former chat after the admins moved is an old copy, not the ticket's card.
    private const string NoteCard = "update ticket set card_chat_id = @chat, card_message_id = @message where id = @ticket and (card_chat_id = @chat or card_chat_id is null)";

    /// <param name="sent">The outbox row's body as it left: if the ticket changed meanwhile, the card is brought up to date.</param>
    public async Task CardAsync(TenantTransaction tx, BotInfo bot, DateTimeOffset now, long ticket, long chat, long message, Outgoing sent, CancellationToken cancellation)
    {
        var isNoted = await tx.ExecuteAsync(NoteCard, new { ticket, chat, message }, cancellation) > 0;
        if (await TicketRow.FindAsync(tx, ticket, cancellation) is not { } row)
        {
            // The customer had everything erased while the card was on its way.
            var language = await AdminsLanguage.FindAsync(tx, "en", cancellation);
            await Outbox.AddAsync(tx, bot.Id, new OutboxMessage(chat, Purposes.Edit, new Outgoing.EditText(message, Phrases.Html(language, "forgotten.late"))), now, cancellation);
            return;
        }
        if (!isNoted)
            return;
        var card = await TicketCard.RenderAsync(tx, row, cancellation);
        if (sent is Outgoing.SendText text && text.Html != card.Html)
            await TicketCard.RefreshAsync(tx, bot, now, ticket, pressed: null, cancellation);
    }

    private const string NoteTopic = "update ticket set card_chat_id = @chat, topic_id = @topic where id = @ticket and (card_chat_id = @chat or card_chat_id is null)";

    public Task TopicAsync(TenantTransaction tx, long ticket, long chat, long topic, CancellationToken cancellation) =>
        tx.ExecuteAsync(NoteTopic, new { ticket, chat, topic }, cancellation);

    /// <summary>The name for a topic that must be made anew because people deleted it; null if the ticket is gone.</summary>
    public async Task<string?> TopicNameAsync(TenantTransaction tx, long ticket, CancellationToken cancellation) =>
        await TicketRow.FindAsync(tx, ticket, cancellation) is { } row ? TicketCard.TopicName(row) : null;
}
