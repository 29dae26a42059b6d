using Support.Conversations;

namespace Support.Tickets;

/// <summary>/take and /close, in a ticket's topic or as a reply to one of its messages; /tickets lists what is open.</summary>
internal static class TicketCommands
{
    public static async Task<bool> HandleAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        switch (message.Command)
        {
            case "take" or "close":
                await ActAsync(scope, message, message.Command, cancellation);
                return true;
            case "tickets":
                await ListAsync(scope, message, cancellation);
                return true;
            default:
                return false;
        }
    }

    private static async Task ActAsync(UpdateScope scope, IncomingMessage message, string command, CancellationToken cancellation)
    {
        var tx = scope.Transaction;
        if (await TicketOfMessage.FindAsync(tx, scope.Bot, message, cancellation) is { } id && await TicketRow.LockAsync(tx, id, cancellation) is { } ticket)
        {
            var person = await Colleague.RememberAsync(tx, message.From, cancellation);
            var language = await AdminsLanguage.FindAsync(tx, ticket.Language, cancellation);
            var outcome = await TicketAction.RunAsync(scope, command, ticket, person, pressed: null, language, cancellation);
            // Into a topic that was just closed nobody can write; the card in it says the same.
            if (outcome is { Notice: var notice } && !(outcome.Changed && command == "close" && ticket.TopicId is not null))
                await AnswerAsync(scope, message, Html.Escape(notice), null, cancellation);
            return;
        }
        var spoken = await AdminsLanguage.FindAsync(tx, message.From, cancellation);
        await AnswerAsync(scope, message, Phrases.Html(spoken, "ticket.which", command), null, cancellation);
    }

    private static async Task ListAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(scope.Transaction, message.From, cancellation);
        var list = await TicketList.OpenAsync(scope.Transaction, scope.Bot, scope.Now, cancellation);
        await AnswerAsync(scope, message, list.Html(language), list.Buttons(language), cancellation);
    }

    private static Task<long> AnswerAsync(UpdateScope scope, IncomingMessage message, string html, Keyboard? buttons, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice, new Outgoing.SendText(html, buttons, message.MessageId, message.Thread)), cancellation);
}
