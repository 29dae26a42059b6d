using Support.Conversations;
using Support.Labels;

namespace Support.Tickets;

/// <summary>What people write in the admins' chat: an answer to a customer, a command, chatter among colleagues, or something that went nowhere.</summary>
public sealed class AdminMessages
{
    /// <summary>Called after the commands of all other parts have had their turn.</summary>
    /// <returns>False if the message is none of the tickets' business.</returns>
    public async Task<bool> HandleAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var inAdminsChat = message.Chat.Id == scope.Bot.AdminsChat;
        if (message.MigratedTo is not null || (!inAdminsChat && !scope.Bot.IsAdmin(message.From.Id)))
            return false;
        if (message.IsService || !Colleague.IsHuman(message.From))
            return inAdminsChat;
        if (TicketCommands.Has(message.Command) && (inAdminsChat || message.Chat.Kind == ChatKind.Private))
        {
            await TicketCommands.HandleAsync(scope, message, cancellation);
            return true;
        }

        var isChatter = IsChatter(message);
        if (!isChatter && await ReplyAsync(scope, message, cancellation))
            return true;
        // What begins like a command and is none of ours is meant for another bot.
        var isForAnotherBot = message.Text is ['/', ..];
        if (inAdminsChat && !isForAnotherBot && (!isChatter || message.MentionsBot))
            await WentNowhere.SayInGroupAsync(scope, message, cancellation);
        return inAdminsChat || (message.Chat.Id == scope.Bot.CardsChat && await WentNowhere.SayInPrivateAsync(scope, message, cancellation));
    }

    /// <summary>A reply to a colleague is between the two; adding to one's own words is not.</summary>
    private static bool IsChatter(IncomingMessage message) =>
        message.ReplyTo is { } to && Colleague.IsHuman(to) && to.FromId != message.From.Id && to.MessageId != message.Thread;

    private const string Answered =
        """
        update ticket set first_reply_at = coalesce(first_reply_at, @now),
            taken_by = case when state = 'open' then @person else taken_by end, state = 'taken', waits_since = null
        where id = @id
        """;

    private static async Task<bool> ReplyAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var tx = scope.Transaction;
        if (await TicketOfMessage.FindAsync(tx, scope.Bot, message, cancellation) is not { } id || await TicketRow.LockAsync(tx, id, cancellation) is not { } ticket)
            return false;
        if (await ToCustomer.IsGoneAsync(scope, ticket, cancellation))
        {
            var language = await AdminsLanguage.FindAsync(tx, ticket.Language, cancellation);
            await AnswerAsync(scope, message, Phrases.Html(language, "customer.gone", ticket.Number), cancellation);
            return true;
        }
        var person = await Colleague.RememberAsync(tx, message.From, cancellation);
        ticket = await ReopenTicket.IfClosedAsync(tx, scope.Bot, scope.Now, ticket, taker: person.Id, person.Id, cancellation);
        if (message.Medium is null && message.Text is { } text)
            await ToCustomer.TextAsync(scope, ticket, Purposes.FromAdmin, text, cancellation);
        else
            await ToCustomer.CopyAsync(scope, ticket, new MessageRef(message.Chat.Id, message.MessageId), cancellation);
        await TicketOfMessage.MarkAsync(tx, scope.Bot, message, ticket.Id, cancellation);
        await LabelTicket.AnsweredAsync(scope, ticket.Id, person.Id, cancellation);
        await tx.ExecuteAsync(Answered, new { id = ticket.Id, person = person.Id, now = scope.Now }, cancellation);
        await TicketLog.AddAsync(tx, ticket.Id, TicketLog.Replied, person.Id, scope.Now, cancellation);
        if (ticket.State == States.Open)
            await TicketCard.RefreshAsync(tx, scope.Bot, scope.Now, ticket.Id, pressed: null, cancellation);
        return true;
    }

    private static Task<long> AnswerAsync(UpdateScope scope, IncomingMessage message, string html, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice, new Outgoing.SendText(html, ReplyTo: message.MessageId, Thread: message.Thread)), cancellation);
}
