using Support.Database;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Labels;

/// <summary>
/// What /label asks next: questions labelled before for which another passage is found now; then customers' questions; then, where nobody has asked
/// anything yet, questions the documents suggest. Customers' questions are drawn uniformly at random, in an order shuffled by the round's seed, and asked
/// again of what is known now; those that fall below the cut are passed over without a look, so that what is labelled is a fair sample of what
/// is above it. Whether an answer was liked, or anything else that was said of it, in a replay too, plays no part; only one that was drawn before is not drawn again.
/// </summary>
public sealed class LabelRound(IKnowledgeIndex index)
{
    // Half of them are above the cut; of so many one is, and a press takes a tenth of a second at worst.
    private const int MostTries = 60;
    private const int AtOnce = 20;

    // With more questions of customers than this, the documents' own suggestions say nothing new.
    private const int HasTraffic = 40;

    /// <param name="after">The next one after this; null: the round's first.</param>
    /// <returns>Null when there is nothing left.</returns>
    internal async Task<LabelItem?> NextAsync(TenantTransaction transaction, uint seed, LabelKey? after, DateTimeOffset now, CancellationToken cancellation)
    {
        var knowledge = await KnowledgeAsync(transaction, cancellation);
        var labels = await LabelledQuestions.ReadAsync(transaction, cancellation);
        if (after is null or { Kind: LabelKind.Again } && await AgainAsync(transaction, labels, seed, after, knowledge, cancellation) is { } again)
            return again;
        var sample = await TrafficSample.ReadAsync(transaction, labels.LastCut, now, cancellation);
        if (after is not { Kind: LabelKind.Suggested } && await AskedAsync(transaction, sample, seed, after, knowledge, cancellation) is { } asked)
            return asked;
        return sample.Questions.Count >= HasTraffic ? null : await SuggestedAsync(transaction, labels, seed, after, knowledge, cancellation);
    }

    /// <summary>The one that a button names, as it is now; null when it is gone or nothing is found for it any more.</summary>
    internal async Task<LabelItem?> FindAsync(TenantTransaction transaction, LabelKey key, DateTimeOffset now, CancellationToken cancellation)
    {
        var knowledge = await KnowledgeAsync(transaction, cancellation);
        var labels = await LabelledQuestions.ReadAsync(transaction, cancellation);
        switch (key.Kind)
        {
            case LabelKind.Again:
                return labels.Rows.FirstOrDefault(row => row.Id == key.Id) is { } label ? await AgainAsync(transaction, key, label, knowledge, cancellation) : null;
            case LabelKind.Suggested:
                var suggested = (await SuggestionsAsync(transaction, cancellation)).FirstOrDefault(one => one.Chunk.ChunkId == key.Id);
                return suggested is null ? null : await FoundAsync(transaction, key, null, suggested.Question, knowledge, 0, 1, cancellation);
            default:
                var sample = await TrafficSample.ReadAsync(transaction, labels.LastCut, now, cancellation);
                return await TextsAsync(transaction, [key.Id], cancellation) is [var asked, ..]
                    ? await FoundAsync(transaction, key, asked.Id, asked.Text, knowledge, sample.Cut, sample.Above, cancellation)
                    : null;
        }
    }

    private async Task<LabelItem?> AgainAsync(TenantTransaction transaction, LabelledQuestions labels, uint seed, LabelKey? after, long knowledge, CancellationToken cancellation)
    {
        var waiting = labels.ToLookAtAgain().Where(row => row.KnowledgeChange >= knowledge).Select(row => (Key: new LabelKey(seed, LabelKind.Again, row.Id), Row: row));
        foreach (var (key, row) in InOrder(waiting, one => one.Key, after).Take(MostTries))
            if (await AgainAsync(transaction, key, row, knowledge, cancellation) is { } item)
                return item;
        return null;
    }

    private Task<LabelItem?> AgainAsync(TenantTransaction transaction, LabelKey key, LabelRow label, long knowledge, CancellationToken cancellation) =>
        FoundAsync(transaction, key, label.QuestionId, label.Question, knowledge, label.Cut, label.Above, cancellation);

    private async Task<LabelItem?> AskedAsync(TenantTransaction transaction, TrafficSample sample, uint seed, LabelKey? after, long knowledge, CancellationToken cancellation)
    {
        var order = InOrder(sample.Questions.Select(question => new LabelKey(seed, LabelKind.Asked, question.Id)), key => key, after is { Kind: LabelKind.Asked } ? after : null);
        foreach (var some in order.Take(MostTries).Chunk(AtOnce))
        {
            var texts = (await TextsAsync(transaction, [.. some.Select(key => key.Id)], cancellation)).ToDictionary(asked => asked.Id, asked => asked.Text);
            var drawn = await DrawnBeforeAsync(transaction, texts.Values, cancellation);
            foreach (var key in some)
                if (texts.TryGetValue(key.Id, out var text) && !drawn.Contains(Hash(text))
                    && await FoundAsync(transaction, key, key.Id, text, knowledge, sample.Cut, sample.Above, cancellation) is { } item && item.Found.Confidence >= sample.Cut)
                    return item;
        }
        return null;
    }

    private async Task<LabelItem?> SuggestedAsync(TenantTransaction transaction, LabelledQuestions labels, uint seed, LabelKey? after, long knowledge, CancellationToken cancellation)
    {
        var known = labels.Rows.Where(row => row.Source == LabelSources.Suggested).Select(row => Convert.ToHexString(row.QuestionHash)).ToHashSet(StringComparer.Ordinal);
        var suggested = (await SuggestionsAsync(transaction, cancellation)).Select(one => (Key: new LabelKey(seed, LabelKind.Suggested, one.Chunk.ChunkId), one.Question));
        foreach (var (key, question) in InOrder(suggested, one => one.Key, after is { Kind: LabelKind.Suggested } ? after : null).Take(MostTries))
            if (!known.Contains(Hash(question)) && await FoundAsync(transaction, key, null, question, knowledge, 0, 1, cancellation) is { } item)
                return item;
        return null;
    }

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> all, Func<T, LabelKey> key, LabelKey? after) =>
        all.Where(one => after is not { } last || key(one).Place > last.Place).OrderBy(one => key(one).Place);

    private async Task<LabelItem?> FoundAsync(TenantTransaction transaction, LabelKey key, long? questionId, string question, long knowledge, double cut, double above, CancellationToken cancellation)
    {
        var found = await index.SearchAsync(transaction.Tenant, Audience.Customers, question, knowledge, cancellation);
        return found.Passages.Count == 0 ? null : new LabelItem(key, questionId, question, found, knowledge, cut, above);
    }

    private static Task<long> KnowledgeAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        transaction.FirstAsync<long>("select knowledge_change from tenant", null, cancellation);

    private const string Texts = "select id, coalesce(trace ->> 'searched', text) as text from question where id = any(@ids)";

    private static Task<IReadOnlyList<AskedText>> TextsAsync(TenantTransaction transaction, long[] ids, CancellationToken cancellation) =>
        transaction.QueryAsync<AskedText>(Texts, new { ids }, cancellation);

    private const string Drawn = "select question_hash from label where tenant_id = @tenant and question_hash = any(@hashes) and source = 'round'";

    private static async Task<HashSet<string>> DrawnBeforeAsync(TenantTransaction transaction, IEnumerable<string> questions, CancellationToken cancellation)
    {
        var hashes = questions.Select(PassageHash.OfQuestion).ToArray();
        var drawn = await transaction.QueryAsync<byte[]>(Drawn, new { tenant = transaction.Tenant.Value, hashes }, cancellation);
        return drawn.Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
    }

    private static string Hash(string question) => Convert.ToHexString(PassageHash.OfQuestion(question));

    private static async Task<IReadOnlyList<SuggestedQuestion>> SuggestionsAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        SuggestQuestions.Of(await NewestChunks.ReadAsync(transaction, cancellation));

    private sealed record AskedText(long Id, string Text);
}
