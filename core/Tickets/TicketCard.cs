using Support.Conversations;
using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>Brings a ticket's card to the admins and keeps it true.</summary>
internal static class TicketCard
{
    private const int LongestTopicName = 128;

    private const string Placed =
        """
        update ticket set
            topic_id = case when card_chat_id = @chat then topic_id end,
            card_message_id = case when card_chat_id = @chat then card_message_id end,
            card_chat_id = @chat
        where id = @id
        """;

    /// <summary>The card into the chat where cards go, in a topic of its own if that is a forum. It becomes the ticket's card once it was sent.</summary>
    public static async Task PutAsync(TenantTransaction transaction, BotInfo bot, DateTimeOffset now, TicketRow ticket, CardsPlace place, CancellationToken cancellation)
    {
        var hasTopic = ticket.TopicId is not null && ticket.CardChatId == place.Chat;
        if (place.HasTopics && !hasTopic)
            await Outbox.AddAsync(transaction, bot.Id, For(ticket, place.Chat, Purposes.Topic, new Outgoing.CreateTopic(TopicName(ticket))), now, cancellation);
        var card = await RenderAsync(transaction, ticket, cancellation);
        var body = new Outgoing.SendText(card.Html, card.Buttons);
        await Outbox.AddAsync(transaction, bot.Id, For(ticket, place.Chat, Purposes.Card, body) with { InTopic = place.HasTopics || hasTopic }, now, cancellation);
        await transaction.ExecuteAsync(Placed, new { id = ticket.Id, chat = place.Chat }, cancellation);
    }

    private static OutboxMessage For(TicketRow ticket, long chat, string purpose, Outgoing body) =>
        new(chat, purpose, body) { Conversation = ticket.ConversationId, Ticket = ticket.Id };

    /// <summary>"№ 12 Анна: first words …": the name and the words may be cut, the number never.</summary>
    public static string TopicName(TicketRow ticket)
    {
        var words = ticket.Question.ReplaceLineEndings(" ");
        return Excerpt.Plain($"№ {ticket.Number} {Excerpt.Plain(ticket.CustomerName, 40)}: {words}".TrimEnd(' ', ':'), LongestTopicName);
    }

    private const string Earlier = "select number, state from ticket where conversation_id = @conversation and id < @id order by id desc limit 3";

    public static async Task<Card> RenderAsync(TenantTransaction transaction, TicketRow ticket, CancellationToken cancellation)
    {
        var earlier = await transaction.QueryAsync<EarlierTicket>(Earlier, new { conversation = ticket.ConversationId, id = ticket.Id }, cancellation);
        var language = await AdminsLanguage.FindAsync(transaction, ticket.Language, cancellation);
        return Cards.Render(new CardView(
            ticket.Id, ticket.Number, ticket.State, language, ticket.CustomerName, ticket.Language, ticket.Reason, ticket.Question,
            ticket.Draft, ticket.DraftSent, ticket.ReadPassages(), earlier, ticket.TakerName, ticket.CloserName)
        {
            Tried = WhatWasTried.Html(ticket, language),
        });
    }

    // A card that is still to be sent is changed before it is; the second edit of a waiting pair is the one that counts.
    private const string RewriteWaiting = "update outbox set body = @body::jsonb where ticket_id = @id and purpose = 'card' and state = 0";
    private const string DropWaitingEdits =
        """
        delete from outbox
        where ticket_id = @id and chat_id = @chat and purpose = 'edit' and state = 0 and attempts = 0 and body ->> 'kind' = 'edit' and (body ->> 'messageId')::bigint = @message
        """;

    /// <summary>Shows the ticket as it is now on its card, and on the copy of it where a button was pressed.</summary>
    public static async Task RefreshAsync(TenantTransaction transaction, BotInfo bot, DateTimeOffset now, long id, MessageRef? pressed, CancellationToken cancellation)
    {
        var ticket = await TicketRow.FindAsync(transaction, id, cancellation)
            ?? throw new InvalidOperationException($"Ticket {id} vanished inside the transaction that changes it.");
        var card = await RenderAsync(transaction, ticket, cancellation);
        await transaction.ExecuteAsync(RewriteWaiting, new { id, body = Outbox.Serialize(new Outgoing.SendText(card.Html, card.Buttons)) }, cancellation);
        foreach (var place in new[] { ticket.Card, pressed }.OfType<MessageRef>().Distinct())
        {
            await transaction.ExecuteAsync(DropWaitingEdits, new { id, chat = place.Chat, message = place.Message }, cancellation);
            await Outbox.AddAsync(transaction, bot.Id, For(ticket, place.Chat, Purposes.Edit, new Outgoing.EditText(place.Message, card.Html, card.Buttons)), now, cancellation);
        }
    }
}
