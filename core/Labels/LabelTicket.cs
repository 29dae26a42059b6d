using Support.Conversations;

namespace Support.Labels;

/// <summary>What a colleague does with a draft says something of the passage it was made from: sent unchanged it was right, answered otherwise it was not.</summary>
internal static class LabelTicket
{
    // A draft from a document for the staff says nothing of what customers are answered. Nor does any draft of what is no longer published.
    private const string Drafted =
        """
        select q.id, coalesce(q.trace ->> 'searched', q.text) as text, c.title, c.text as passage
        from ticket t join question q on q.id = t.question_id join chunk c on c.id = t.draft_chunk join document d on d.id = c.document_id
        where t.id = @ticket and t.draft is not null and d.audience = 0 and d.removed_at is null
          and (@sent or (t.draft_sent_at is null and t.first_reply_at is null))
        """;

    public static Task DraftSentAsync(UpdateScope scope, long ticket, long person, CancellationToken cancellation) =>
        LabelAsync(scope, ticket, sent: true, LabelVerdict.Right, person, cancellation);

    /// <summary>Before the reply is noted in the ticket: only the first one speaks against the draft.</summary>
    public static Task AnsweredAsync(UpdateScope scope, long ticket, long person, CancellationToken cancellation) =>
        LabelAsync(scope, ticket, sent: false, LabelVerdict.Wrong, person, cancellation);

    private static async Task LabelAsync(UpdateScope scope, long ticket, bool sent, LabelVerdict verdict, long person, CancellationToken cancellation)
    {
        if (await scope.Transaction.FirstAsync<DraftedQuestion>(Drafted, new { ticket, sent }, cancellation) is { } question)
            await LabelStore.AddAsync(scope.Transaction,
                NewLabel.ToBeAsked(question.Id, question.Text, PassageHash.Of(question.Title, question.Passage), verdict, LabelSources.Admin, person), scope.Now, cancellation);
    }

    private sealed record DraftedQuestion(long Id, string Text, string Title, string Passage);
}
