using Support.Conversations;
using Support.Tickets;

namespace Support.Questions;

/// <summary>The customer wants a person: by command, by button, or after an answer that did not help. The ticket carries the question it is about and the answer that was given.</summary>
public sealed class CallPerson(OpenTicket open)
{
    private const string LastAsked =
        """
        select id, text, answer, passages::text as passages from question
        where conversation_id = @conversation and (@question::bigint is null or id = @question)
        order by id desc limit 1
        """;

    public Task InsideAsync(UpdateScope scope, KnownConversation talk, string words, string reason, long? replyTo, CancellationToken cancellation) =>
        InsideAsync(scope, talk, words, reason, question: null, replyTo, cancellation);

    public async Task InsideAsync(UpdateScope scope, KnownConversation talk, string words, string reason, long? question, long? replyTo, CancellationToken cancellation)
    {
        if (talk.TicketId is { } open1 && await NumberAsync(scope, open1, cancellation) is { } number)
        {
            await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(Phrases.Html(talk.Language, "already.open", number))) { Conversation = talk.Id, Ticket = open1 }, cancellation);
            return;
        }
        var last = await scope.Transaction.FirstAsync<Asked>(LastAsked, new { conversation = talk.Id, question }, cancellation);
        var text = words.Length > 0 ? words : last?.Text ?? "";
        await open.InsideAsync(scope.Transaction, scope.Bot, scope.Now, talk.Ref(replyTo),
            new NewTicket(reason, text, last?.Answer, await CitedPassages.ForTicketAsync(scope.Transaction, last?.Passages, cancellation), last?.Id, []), cancellation);
    }

    private static Task<int?> NumberAsync(UpdateScope scope, long ticket, CancellationToken cancellation) =>
        scope.Transaction.FirstAsync<int?>("select number from ticket where id = @ticket and state <> 'closed'", new { ticket }, cancellation);

    private sealed record Asked(long Id, string Text, string? Answer, string Passages);
}
