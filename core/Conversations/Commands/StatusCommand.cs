namespace Support.Conversations.Commands;

/// <summary>/status: where the customer's question stands.</summary>
public sealed class StatusCommand
{
    private const string OpenOne = "select number, state from ticket where id = @ticket and state <> 'closed'";

    // A choice that was offered and passed over is forgotten with the next question.
    private const string WaitsForChoice =
        "select coalesce((select decision = 'choose' and chosen is null from question where conversation_id = @Id order by id desc limit 1), false)";

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        var ticket = talk.TicketId is null ? null : await scope.Transaction.FirstAsync<Standing>(OpenOne, new { ticket = talk.TicketId }, cancellation);
        var html = ticket is null ? Phrases.Html(talk.Language, await scope.Transaction.FirstAsync<bool>(WaitsForChoice, new { talk.Id }, cancellation) ? "status.choose" : "status.none") : Phrases.Html(talk.Language, "status." + ticket.State, ticket.Number);
        await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(html)) { Conversation = talk.Id }, cancellation);
    }

    private sealed record Standing(int Number, string State);
}
