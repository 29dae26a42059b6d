using Microsoft.Extensions.Logging;
using Support.Confidence;
using Support.Database;
using Support.Generation.Guards;
using Support.Knowledge;
using Support.Models;
using Support.Questions;
using Support.Retrieval;
using Support.Retrieval.Outside;
using Support.Tenants;

namespace Support.Labels;

/// <summary>
/// What /label asks next: questions labelled before for which another passage is found now; then customers' questions; then, where nobody has asked
/// anything yet, questions the documents suggest. Customers' questions are drawn uniformly at random, in an order shuffled by the round's seed, and asked
/// again of what is known now; those that fall below the cut are passed over without a look, so that what is labelled is a fair sample of what
/// is above it. Whether an answer was liked, or anything else that was said of it, in a replay too, plays no part; only one that was drawn before is not drawn again.
/// It searches many times, so it comes before the transaction of the press and has short ones of its own.
/// </summary>
public sealed partial class LabelRound(DeskDatabase database, FindPassages passages, ILogger<LabelRound> logger)
{
    // Searches for one press. Half of the questions were above the cut when they were asked, so of so many one is still, unless the documents have changed much:
    // then the editor is asked whether to go on. At a millisecond each they take a tenth of a second; seconds with an index outside, or one that is being read first.
    internal const int MostTries = 60;
    private const int AtOnce = 100;

    // A model is asked each time.
    private const int MostTriesWithModel = 4;

    // With more questions of customers than this, the documents' own suggestions say nothing new.
    private const int HasTraffic = 40;

    /// <summary>The round's first question.</summary>
    internal Task<LabelTurn> FirstAsync(TenantId tenant, uint seed, DateTimeOffset now, CancellationToken cancellation) =>
        TurnAsync(tenant, async known => await NextAsync(known, seed, null, cancellation), now, cancellation);

    /// <summary>The one that a button names, as it is now (none when it is gone or nothing is found for it any more), and the next one after it.</summary>
    internal Task<LabelTurn> JudgedAsync(TenantId tenant, LabelKey key, DateTimeOffset now, CancellationToken cancellation) =>
        TurnAsync(tenant, async known => await NextAsync(known, key.Seed, key, cancellation) with { Named = await FindAsync(known, key, cancellation) }, now, cancellation);

    /// <summary>The next one after the one that a button names.</summary>
    internal Task<LabelTurn> SkippedAsync(TenantId tenant, LabelKey key, DateTimeOffset now, CancellationToken cancellation) =>
        TurnAsync(tenant, async known => await NextAsync(known, key.Seed, key, cancellation), now, cancellation);

    private async Task<LabelTurn> TurnAsync(TenantId tenant, Func<Known, Task<LabelTurn>> turn, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await turn(await ReadAsync(tenant, transaction => Known.ReadAsync(transaction, now, cancellation), cancellation));
        }
        catch (KnowledgeIndexException e)
        {
            Log.IndexFailed(logger, tenant, e);
            return new LabelTurn { IndexFailed = true };
        }
    }

    private async Task<LabelTurn> NextAsync(Known known, uint seed, LabelKey? after, CancellationToken cancellation)
    {
        if (after is null or { Kind: LabelKind.Again } && await AgainAsync(known, seed, after, cancellation) is { } again)
            return new LabelTurn { Next = again };
        if (after is not { Kind: LabelKind.Suggested } && await AskedAsync(known, seed, after, cancellation) is { } asked)
            return asked;
        return new LabelTurn { Next = known.Sample.Questions.Count >= HasTraffic ? null : await SuggestedAsync(known, seed, after, cancellation) };
    }

    private async Task<LabelItem?> FindAsync(Known known, LabelKey key, CancellationToken cancellation)
    {
        switch (key.Kind)
        {
            case LabelKind.Again:
                return known.Labels.Rows.FirstOrDefault(row => row.Id == key.Id) is { } label ? await AgainAsync(known, key, label, cancellation) : null;
            case LabelKind.Suggested:
                var suggested = (await SuggestionsAsync(known.Tenant, cancellation)).FirstOrDefault(one => one.Chunk.ChunkId == key.Id);
                return suggested is null ? null : await FoundAsync(known, key, null, suggested.Question, 0, 1, cancellation);
            default:
                return await ReadAsync(known.Tenant, transaction => TextsAsync(transaction, [key.Id], cancellation), cancellation) is [var asked, ..]
                    ? await FoundAsync(known, key, asked.Id, asked.Text, known.Sample.Cut, known.Sample.Above, cancellation)
                    : null;
        }
    }

    private async Task<LabelItem?> AgainAsync(Known known, uint seed, LabelKey? after, CancellationToken cancellation)
    {
        var waiting = known.Labels.ToLookAtAgain().Where(row => row.KnowledgeChange >= known.Knowledge).Select(row => (Key: new LabelKey(seed, LabelKind.Again, row.Id), Row: row));
        foreach (var (key, row) in InOrder(waiting, one => one.Key, after).Take(Tries))
            if (await AgainAsync(known, key, row, cancellation) is { } item)
                return item;
        return null;
    }

    private int Tries => passages.AreJudged ? MostTriesWithModel : MostTries;

    private Task<LabelItem?> AgainAsync(Known known, LabelKey key, LabelRow label, CancellationToken cancellation) =>
        FoundAsync(known, key, label.QuestionId, label.Question, label.Cut, label.Above, cancellation);

    /// <returns>Null when none is left.</returns>
    private async Task<LabelTurn?> AskedAsync(Known known, uint seed, LabelKey? after, CancellationToken cancellation)
    {
        var sample = known.Sample;
        var order = InOrder(sample.Questions.Select(question => new LabelKey(seed, LabelKind.Asked, question.Id)), key => key, after is { Kind: LabelKind.Asked } ? after : null);
        var tries = 0;
        foreach (var some in order.Chunk(AtOnce))
        {
            var texts = await ReadAsync(known.Tenant, transaction => UndrawnAsync(transaction, some, cancellation), cancellation);
            foreach (var key in some)
            {
                if (!texts.TryGetValue(key.Id, out var text))
                    continue;
                if (await FoundAsync(known, key, key.Id, text, sample.Cut, sample.Above, cancellation) is { } item && item.Found.Confidence >= sample.Cut)
                    return new LabelTurn { Next = item };
                if (++tries == Tries)
                    return new LabelTurn { InVain = key };
            }
        }
        return null;
    }

    private async Task<LabelItem?> SuggestedAsync(Known known, uint seed, LabelKey? after, CancellationToken cancellation)
    {
        var labelled = known.Labels.Rows.Where(row => row.Source == LabelSources.Suggested).Select(row => Convert.ToHexString(row.QuestionHash)).ToHashSet(StringComparer.Ordinal);
        var suggested = (await SuggestionsAsync(known.Tenant, cancellation)).Select(one => (Key: new LabelKey(seed, LabelKind.Suggested, one.Chunk.ChunkId), one.Question));
        var order = InOrder(suggested, one => one.Key, after is { Kind: LabelKind.Suggested } ? after : null);
        foreach (var (key, question) in order.Where(one => !labelled.Contains(Hash(one.Question))).Take(Tries))
            if (await FoundAsync(known, key, null, question, 0, 1, cancellation) is { } item)
                return item;
        return null;
    }

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> all, Func<T, LabelKey> key, LabelKey? after) =>
        all.Where(one => after is not { } last || key(one).Place > last.Place).OrderBy(one => key(one).Place);

    private async Task<LabelItem?> FoundAsync(Known known, LabelKey key, long? questionId, string question, double cut, double above, CancellationToken cancellation)
    {
        var found = await passages.ForCustomersAsync(known.Tenant, question, known.Knowledge, new Placeholders(), new ModelUse(known.Tenant), cancellation);
        return found.Passages.Count == 0 || found.LacksVerdicts ? null : new LabelItem(key, questionId, question, found, known.Knowledge, cut, above);
    }

    private const string Texts = "select id, coalesce(trace ->> 'searched', text) as text from question where id = any(@ids)";

    private static Task<IReadOnlyList<AskedText>> TextsAsync(TenantTransaction transaction, long[] ids, CancellationToken cancellation) =>
        transaction.QueryAsync<AskedText>(Texts, new { ids }, cancellation);

    // Whatever counts: see LabelledQuestions.Drawn.
    private const string Drawn =
        $"""
        select question_hash from label
        where tenant_id = @tenant and question_hash = any(@hashes) and source = '{LabelSources.Round}' and (model = @mark or cut <= @least)
        """;

    /// <summary>The words of those that are still there and were not drawn before, by id.</summary>
    private static async Task<Dictionary<long, string>> UndrawnAsync(TenantTransaction transaction, LabelKey[] keys, CancellationToken cancellation)
    {
        var texts = await TextsAsync(transaction, [.. keys.Select(key => key.Id)], cancellation);
        var hashes = texts.Select(asked => PassageHash.OfQuestion(asked.Text)).ToArray();
        var drawn = (await transaction.QueryAsync<byte[]>(Drawn, new { tenant = transaction.Tenant.Value, hashes, mark = ModelMark.Current, least = TrafficSample.Least }, cancellation)).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        return texts.Where(asked => !drawn.Contains(Hash(asked.Text))).ToDictionary(asked => asked.Id, asked => asked.Text);
    }

    private static string Hash(string question) => Convert.ToHexString(PassageHash.OfQuestion(question));

    private Task<IReadOnlyList<SuggestedQuestion>> SuggestionsAsync(TenantId tenant, CancellationToken cancellation) =>
        ReadAsync(tenant, async transaction => SuggestQuestions.Of(await NewestChunks.ReadAsync(transaction, cancellation)), cancellation);

    private async Task<T> ReadAsync<T>(TenantId tenant, Func<TenantTransaction, Task<T>> read, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        return await read(transaction);
    }

    private sealed record AskedText(long Id, string Text);

    private sealed record Known(TenantId Tenant, long Knowledge, LabelledQuestions Labels, TrafficSample Sample)
    {
        public static async Task<Known> ReadAsync(TenantTransaction transaction, DateTimeOffset now, CancellationToken cancellation)
        {
            var knowledge = await transaction.FirstAsync<long>("select knowledge_change from tenant", null, cancellation);
            var labels = await LabelledQuestions.ReadAsync(transaction, cancellation);
            return new Known(transaction.Tenant, knowledge, labels, await TrafficSample.ReadAsync(transaction, labels.LastCut, now, cancellation));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The index failed while tenant {Tenant} was labelling; the editor was told to try again.")]
        public static partial void IndexFailed(ILogger logger, TenantId tenant, Exception e);
    }
}

/// <summary>What a press of /label turns on.</summary>
internal sealed record LabelTurn
{
    /// <summary>The question that was judged, as it is now.</summary>
    public LabelItem? Named { get; init; }

    /// <summary>Null when there is nothing left, or see below.</summary>
    public LabelItem? Next { get; init; }

    /// <summary>The last of <see cref="LabelRound.MostTries"/> that were looked at without finding one to label; after it the round can go on.</summary>
    public LabelKey? InVain { get; init; }

    /// <summary>Nothing could be looked for.</summary>
    public bool IndexFailed { get; init; }
}
