using Support.Conversations;

namespace Support.Tickets;

/// <summary>/take and /close, in a ticket's topic or as a reply to one of its messages; /tickets lists what is open.</summary>
internal static class TicketCommands
{
    public static bool Has(string? command) => command is "take" or "close" or "tickets";

    public static Task HandleAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation) => message.Command switch
    {
        "tickets" => ListAsync(scope, message, cancellation),
        { } command => ActAsync(scope, message, command, cancellation),
        null => throw new ArgumentException($"Message {message.MessageId} has no command.", nameof(message)),
    };

    private static async Task ListAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(scope.Transaction, message.From, cancellation);
        var list = await TicketList.OpenAsync(scope.Transaction, scope.Bot, scope.Now, cancellation);
        var body = new Outgoing.SendText(list.Html(language), list.Buttons(language), message.MessageId, message.Thread);
        await scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Digest, body), cancellation);
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
                await AnswerAsync(scope, message, Html.Escape(notice), cancellation);
            return;
        }
        var spoken = await AdminsLanguage.FindAsync(tx, message.From, cancellation);
        await AnswerAsync(scope, message, Phrases.Html(spoken, "ticket.which", command), cancellation);
    }

    private static Task<long> AnswerAsync(UpdateScope scope, IncomingMessage message, string html, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice, new Outgoing.SendText(html, ReplyTo: message.MessageId, Thread: message.Thread)), cancellation);
}
