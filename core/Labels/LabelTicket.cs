using Support.Conversations;
using Support.Knowledge;
using Support.Questions;

namespace Support.Labels;

/// <summary>What a colleague does with a draft says something of the passage it was made from: sent unchanged it was right, answered otherwise it was not.</summary>
internal static class LabelTicket
{
    private const string Drafted =
        """
        select q.id, coalesce(q.trace ->> 'searched', q.text) as text, q.passages::text as passages
        from ticket t join question q on q.id = t.question_id
        where t.id = @ticket and t.draft is not null and (@sent or (t.draft_sent_at is null and t.first_reply_at is null))
        """;

    public static Task DraftSentAsync(UpdateScope scope, long ticket, long person, CancellationToken cancellation) =>
        LabelAsync(scope, ticket, sent: true, LabelVerdict.Right, person, cancellation);

    /// <summary>Before the reply is noted in the ticket: only the first one speaks against the draft.</summary>
    public static Task AnsweredAsync(UpdateScope scope, long ticket, long person, CancellationToken cancellation) =>
        LabelAsync(scope, ticket, sent: false, LabelVerdict.Wrong, person, cancellation);

    private static async Task LabelAsync(UpdateScope scope, long ticket, bool sent, LabelVerdict verdict, long person, CancellationToken cancellation)
    {
        if (await scope.Transaction.FirstAsync<DraftedQuestion>(Drafted, new { ticket, sent }, cancellation) is not { } question
            || CitedPassages.Read(question.Passages) is not [{ Staff: false } first, ..])
            // A draft from a document for the staff says nothing of what customers are answered.
            return;
        var texts = await CitedPassages.TextsAsync(scope.Transaction, [first], Audience.Customers, cancellation);
        if (texts.TryGetValue(first.Chunk, out var text))
            await LabelStore.AddAsync(scope.Transaction,
                NewLabel.ToBeAsked(question.Id, question.Text, PassageHash.Of(first.Title, text), verdict, LabelSources.Admin, person), scope.Now, cancellation);
    }

    private sealed record DraftedQuestion(long Id, string Text, string Passages);
}
