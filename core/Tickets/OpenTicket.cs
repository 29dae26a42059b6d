using System.Text.Json;
using Support.Conversations;
using Support.Database;
using Support.Questions;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>Hands a conversation to a person: the customer is told what happens next, the admins get a card.</summary>
public sealed class OpenTicket
{
    private const string LockConversation = "select id from conversation where id = @id for no key update";

    /// <summary>A conversation has one open ticket at most: a second question joins it.</summary>
    public async Task<OpenedTicket> InsideAsync(
        TenantTransaction tx, BotInfo bot, DateTimeOffset now, ConversationRef conversation, NewTicket ticket, CancellationToken cancellation)
    {
        if (await tx.FirstAsync<long?>(LockConversation, new { id = conversation.Id }, cancellation) is null)
            throw new InvalidOperationException($"Conversation {conversation.Id} is not in the memory of tenant {tx.Tenant}, so no ticket can be opened for it.");
        return await TicketRow.FindOpenAsync(tx, conversation.Id, cancellation) is { } open
            ? await AddAsync(tx, bot, now, conversation, open, ticket, cancellation)
            : await OpenAsync(tx, bot, now, conversation, ticket, cancellation);
    }

    private const string NextNumber =
        """
        insert into ticket_number (tenant_id, last) values (@tenant, 1)
        on conflict (tenant_id) do update set last = ticket_number.last + 1
        returning last
        """;

    private const string Insert =
        """
        insert into ticket (tenant_id, number, bot_id, conversation_id, question_id, reason, language, question, draft, draft_chunk, passages, opened_at, waits_since, remind_from)
        values (@tenant, @number, @bot, @conversation, @questionId, @reason, @language, @question, @draft, @draftChunk, @passages::jsonb, @now, @now, @now)
        returning id
        """;

    private const string GiveConversation = "update conversation set ticket_id = @id where id = @conversation";

    private static async Task<OpenedTicket> OpenAsync(
        TenantTransaction tx, BotInfo bot, DateTimeOffset now, ConversationRef conversation, NewTicket ticket, CancellationToken cancellation)
    {
        var number = await tx.FirstAsync<int>(NextNumber, new { tenant = tx.Tenant.Value }, cancellation);
        var id = await tx.FirstAsync<long>(Insert, new
        {
            tenant = tx.Tenant.Value,
            number,
            bot = bot.Id.Value,
            conversation = conversation.Id,
            questionId = ticket.QuestionId,
            reason = ticket.Reason,
            language = conversation.Language,
            question = ticket.Question,
            draft = string.IsNullOrWhiteSpace(ticket.Draft) ? null : ticket.Draft,
            draftChunk = ticket.DraftChunk,
            passages = JsonSerializer.Serialize(ticket.Passages, TicketJson.Default.IReadOnlyListTicketPassage),
            now,
        }, cancellation);
        await tx.ExecuteAsync(GiveConversation, new { id, conversation = conversation.Id }, cancellation);
        await Names.RememberAsync(tx, conversation.Person, conversation.PersonName, cancellation);
        await TicketLog.AddAsync(tx, id, TicketLog.Opened, conversation.Person, now, cancellation);
        var row = await TicketRow.FindAsync(tx, id, cancellation)
            ?? throw new InvalidOperationException($"Ticket {id} vanished inside the transaction that opened it.");
        await Relay.BelongToAsync(tx, row, bot, ticket.MessagesToCopy, cancellation);

        var place = await CardsPlace.FindAsync(tx, bot, cancellation);
        await TellCustomerAsync(tx, bot, now, conversation, id, ticket.ReadBack + Phrases.Html(conversation.Language, NoticeFor(ticket.Reason, place)), cancellation);
        if (place is not null)
        {
            await TicketCard.PutAsync(tx, bot, now, row, place, cancellation);
            await Relay.FilesAsync(tx, bot, now, row with { CardChatId = place.Chat }, ticket.MessagesToCopy, cancellation);
        }
        return new OpenedTicket(id, number, place is not null, WasOpen: false);
    }

    private static string NoticeFor(string reason, CardsPlace? place) => (reason, place) switch
    {
        (Reasons.CustomerAsked, null) => "handed.over.nobody.asked",
        (_, null) => "handed.over.nobody",
        (Reasons.CustomerAsked, _) => "handed.over.asked",
        (Reasons.UnsupportedMedia, _) => "handed.over.media",
        (Reasons.ModelFailed or Reasons.Limit, _) => "handed.over.failed",
        _ => "handed.over",
    };

    private static Task TellCustomerAsync(
        TenantTransaction tx, BotInfo bot, DateTimeOffset now, ConversationRef conversation, long ticket, string html, CancellationToken cancellation)
    {
        var body = new Outgoing.SendText(html, ReplyTo: conversation.InGroup ? conversation.ReplyToMessage : null);
        var message = new OutboxMessage(conversation.Chat, Purposes.Notice, body) { Conversation = conversation.Id, Ticket = ticket };
        return Outbox.AddAsync(tx, bot.Id, message, now, cancellation);
    }

    // The card shows everything that was asked while the ticket was open.
    private const string Append = "update ticket set question = case when question = '' then @question else question || E'\\n\\n' || @question end where id = @id";

    private static async Task<OpenedTicket> AddAsync(
        TenantTransaction tx, BotInfo bot, DateTimeOffset now, ConversationRef conversation, TicketRow open, NewTicket ticket, CancellationToken cancellation)
    {
        await TicketLog.AddAsync(tx, open.Id, TicketLog.Added, conversation.Person, now, cancellation);
        await Waiting.BeginAsync(tx, open.Id, now, cancellation);
        await Relay.BelongToAsync(tx, open, bot, ticket.MessagesToCopy, cancellation);
        if (!string.IsNullOrWhiteSpace(ticket.Question) && !open.Question.Contains(ticket.Question, StringComparison.Ordinal))
        {
            await tx.ExecuteAsync(Append, new { id = open.Id, question = ticket.Question }, cancellation);
            await TicketCard.RefreshAsync(tx, bot, now, open.Id, pressed: null, cancellation);
            await Relay.TextAsync(tx, bot, now, open, "relay.added", ticket.Question, cancellation);
        }
        await Relay.FilesAsync(tx, bot, now, open, ticket.MessagesToCopy, cancellation);

        var reachable = open.CardChatId is not null;
        var notice = reachable ? Phrases.Html(conversation.Language, "already.open", open.Number) : Phrases.Html(conversation.Language, "handed.over.nobody.asked");
        await TellCustomerAsync(tx, bot, now, conversation, open.Id, ticket.ReadBack + notice, cancellation);
        return new OpenedTicket(open.Id, open.Number, reachable, WasOpen: true);
    }
}
