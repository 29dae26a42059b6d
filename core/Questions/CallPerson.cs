using Support.Conversations;
using Support.Tickets;

namespace Support.Questions;

/// <summary>The customer wants a person: by command, by button, or after an answer that did not help. The ticket carries the question it is about and the answer that was given.</summary>
public sealed class CallPerson(OpenTicket open)
{
    private const string LastAsked =
        """
        select id, coalesce(trace ->> 'searched', text) as text, passages::text as passages from question
        where conversation_id = @conversation and (@question::bigint is null or id = @question)
        order by id desc limit 1
        """;

    // People see the original beside what was read in it.
    private const string ReadFiles = "select message_id from message where question_id = @question and direction = 0 and reading is not null order by message_id";

    public Task InsideAsync(UpdateScope scope, KnownConversation talk, string words, string reason, long? replyTo, CancellationToken cancellation) =>
        InsideAsync(scope, talk, words, reason, question: null, replyTo, cancellation);

    /// <inheritdoc cref="InsideAsync(UpdateScope, KnownConversation, string, string, long?, long?, TicketDraft?, CancellationToken)"/>
    public Task InsideAsync(UpdateScope scope, KnownConversation talk, string words, string reason, long? question, long? replyTo, CancellationToken cancellation) =>
        InsideAsync(scope, talk, words, reason, question, replyTo, draft: null, cancellation);

    /// <param name="question">The question it is about; the last one if null.</param>
    /// <param name="draft">
    /// Null where there is none: the customer has read an answer already, and then that one is no draft any more; or asked for a person; or chose a passage that
    /// is gone, after which nothing else is looked for; or the index failed. Then the question's own passages are what people see.
    /// </param>
    public async Task InsideAsync(
        UpdateScope scope, KnownConversation talk, string words, string reason, long? question, long? replyTo, TicketDraft? draft, CancellationToken cancellation)
    {
        var last = await scope.Transaction.FirstAsync<Asked>(LastAsked, new { conversation = talk.Id, question }, cancellation);
        var text = words.Length > 0 ? words : last?.Text ?? "";
        var passages = draft?.Passages ?? await CitedPassages.ForTicketAsync(scope.Transaction, last?.Passages, cancellation);
        var files = last is not null && words.Length == 0 ? await scope.Transaction.QueryAsync<long>(ReadFiles, new { question = last.Id }, cancellation) : [];
        await open.InsideAsync(scope.Transaction, scope.Bot, scope.Now, talk.Ref(replyTo),
            new NewTicket(reason, text, draft?.Text, passages, last?.Id, files) { DraftChunk = draft?.Chunk }, cancellation);
    }

    private sealed record Asked(long Id, string Text, string Passages);
}
