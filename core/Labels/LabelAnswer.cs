using Support.Conversations;
using Support.Knowledge;
using Support.Questions;

namespace Support.Labels;

/// <summary>A customer's thumb says something of the passage that the customer was shown.</summary>
public static class LabelAnswer
{
    private const string Asked = "select coalesce(trace ->> 'searched', text) as text, passages::text as passages, trace::text as trace, chosen from question where id = @question";

    /// <summary>
    /// Locks the tenant's row, so it comes last. Nothing is noted when the passage is no longer published.
    /// </summary>
    /// <param name="shown">How many passages the customer was shown before this one.</param>
    public static async Task InsideAsync(UpdateScope scope, long question, int shown, LabelVerdict verdict, long person, CancellationToken cancellation)
    {
        if (await scope.Transaction.FirstAsync<AskedQuestion>(Asked, new { question }, cancellation) is not { } asked)
            return;
        var passages = ShownPassages.InOrder(CitedPassages.Read(asked.Passages), QuestionTrace.Read(asked.Trace), asked.Chosen);
        var texts = await CitedPassages.TextsAsync(scope.Transaction, passages, Audience.Customers, cancellation);
        // As the answer's buttons count: the first or the chosen one, then the next that is still there.
        if (passages.Where((passage, i) => i == 0 || texts.ContainsKey(passage.Chunk)).ElementAtOrDefault(shown) is not { } passage || !texts.TryGetValue(passage.Chunk, out var text))
            return;
        await LabelStore.AddAsync(scope.Transaction,
            NewLabel.ToBeAsked(question, asked.Text, PassageHash.Of(passage.Title, text), verdict, LabelSources.Thumb, person), scope.Now, cancellation);
    }

    private sealed record AskedQuestion(string Text, string Passages, string Trace, int? Chosen);
}
