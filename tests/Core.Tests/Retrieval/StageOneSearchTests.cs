using Support.Knowledge;
using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

/// <summary>What is left out must not have mattered: against the scores of all chunks, from their words.</summary>
public sealed class StageOneSearchTests
{
    private const double Rounding = 1e-9;

    private static readonly string[] Words = ["как", "в", "оплата", .. MadeUp(1_500)];

    [Theory]
    [InlineData(1, 3_000, 3_000)]
    [InlineData(2, 3_000, 700)]
    [InlineData(3, 2_000, 90)]
    [InlineData(4, 40, 7)]
    public void The_best_are_the_best_of_all_chunks(int seed, int chunks, int atOnce)
    {
        var random = new Random(seed);
        var index = Grown(random, chunks, atOnce);
        var (scored, all) = (0, 0);
        for (var i = 0; i < 150; i++)
        {
            var audience = i % 3 == 0 ? Audience.Staff : Audience.Customers;
            var (plan, snapshot) = index.Plan(Text(random, random.Next(1, 14)));
            scored += AssertExact(plan, snapshot, audience);
            // Where no 4-gram is asked for, words are known another way.
            AssertExact(plan.StemsOnly(), snapshot, audience);
            all += snapshot.Statistics.Chunks;
        }
        // Or this would test nothing.
        Assert.True(chunks < 1_000 || scored < all / 10, $"{scored} of {all} chunks were scored from their words.");
    }

    [Fact]
    public void Impacts_that_the_lengths_of_all_others_have_left_behind_are_made_anew()
    {
        var random = new Random(6);
        var index = new TenantIndex();
        index.Apply([.. Enumerable.Range(0, 3_000).Select(id => Chunk(random, id))], []);
        var old = index.Plan("").Snapshot.Segments.Single().Segment;
        for (var change = 0; change < 10; change++)
        {
            index.Apply([.. Enumerable.Range(10_000 + (50 * change), 50).Select(id => Chunk(random, id) with { Text = Text(random, 600) })], []);
            var (plan, snapshot) = index.Plan(Text(random, 8));
            AssertExact(plan, snapshot, Audience.Customers);
        }
        // A change that merges makes nothing else anew; one that only removes has nothing to merge.
        index.Apply([], [10_000]);
        var settled = index.Plan("").Snapshot;
        Assert.All(settled.Segments, placed => Assert.InRange(Math.Max(placed.Drift.Stems, placed.Drift.Grams), 1, 1.15));
        // Or this would test nothing.
        Assert.InRange(old.Drift(settled.Statistics).Stems, 2, double.MaxValue);
    }

    [Fact]
    public void In_a_long_message_of_unknown_words_the_known_ones_keep_their_4_grams()
    {
        var index = new TenantIndex();
        index.Apply([new IndexedChunk(1, 1, 1, Audience.Customers, "", null, "Оплата", "Картой или наличными.")], []);
        var (plan, snapshot) = index.Plan(string.Join(' ', Enumerable.Range(100, 300).Select(i => $"q{i}w{i}")) + " оплата");
        var search = new StageOneSearch();
        Assert.Single(search.Run(plan, snapshot, Audience.Customers));
        Assert.True(search.GreatestGrams > 0);
    }

    [Fact]
    public void Work_does_not_grow_with_the_repetitions_of_a_word()
    {
        var index = Grown(new Random(5), 2_000, 500);
        var (once, snapshot) = index.Plan("как оплата");
        var (often, _) = index.Plan(string.Join(' ', Enumerable.Repeat("как оплата", 5_000)));
        Assert.Equal(Walked(once, snapshot), Walked(often, snapshot));
    }

    [Fact]
    public void Of_tens_of_thousands_of_rows_alike_few_are_read()
    {
        var index = new TenantIndex();
        index.Apply([.. Enumerable.Range(0, 50_000).Select(Row)], []);
        var (plan, snapshot) = index.Plan("сколько стоит кабель медный артикул 40123");
        var search = new StageOneSearch();
        var found = search.Run(plan, snapshot, Audience.Customers);
        Assert.Equal(40_123, found[^1].Entry.Chunk.ChunkId);
        Assert.InRange(search.Scored, StageOne.Candidates, 7_000);
        // And of what all rows have, the first ones are as good as any.
        (plan, snapshot) = index.Plan("кабель медный");
        Assert.Equal(StageOne.Candidates, search.Run(plan, snapshot, Audience.Customers).Count);
        Assert.InRange(search.Scored, StageOne.Candidates, 7_000);
    }

    /// <returns>Chunks that were scored from their words.</returns>
    private static int AssertExact(QuestionPlan plan, IndexSnapshot snapshot, Audience audience)
    {
        var search = new StageOneSearch();
        var found = search.Run(plan, snapshot, audience);
        var (expected, stems, grams) = Plainly(plan, snapshot, audience);
        Assert.Equal(stems, search.GreatestStems, Rounding);
        Assert.Equal(grams, search.GreatestGrams, Rounding);
        found.Reverse();
        Assert.Equal(Math.Min(StageOne.Candidates, expected.Count), found.Count);
        for (var place = 0; place < found.Count; place++)
        {
            Assert.Equal(expected[place].Score, found[place].StageOne, Rounding);
            var own = expected.Find(one => one.Slot == found[place].Slot);
            Assert.Equal(own.Score, found[place].StageOne, Rounding);
            Assert.Equal(own.Stems, found[place].Stems, Rounding);
            Assert.Equal(own.Grams, found[place].Grams, Rounding);
        }
        return search.Scored;
    }

    private static IndexedChunk Row(int id) => new(id, 1, 1, Audience.Customers, "price.csv", null, "Прайс", $"Кабель медный, артикул {id}, цена {100 + id % 7} рублей");

    private static long Walked(QuestionPlan plan, IndexSnapshot snapshot)
    {
        var search = new StageOneSearch();
        search.Run(plan, snapshot, Audience.Customers);
        return search.Stems.Walked + search.Grams.Walked;
    }

    /// <summary>Comes in parts, a fifth is for staff, a tenth goes again, some are replaced.</summary>
    private static TenantIndex Grown(Random random, int chunks, int atOnce)
    {
        var index = new TenantIndex();
        for (var first = 0; first < chunks; first += atOnce)
            index.Apply(
                [.. Enumerable.Range(first, Math.Min(atOnce, chunks - first)).Select(id => Chunk(random, id))],
                [.. Enumerable.Range(0, first).Where(_ => random.Next(10 * chunks / atOnce) == 0).Select(id => (long)id)]);
        index.Apply([.. Enumerable.Range(0, 5).Select(_ => Chunk(random, random.Next(chunks)))], [.. Enumerable.Range(0, chunks / 10).Select(_ => (long)random.Next(chunks))]);
        return index;
    }

    private static IndexedChunk Chunk(Random random, int id) =>
        // Now and then one that says the same word hundreds of times.
        new(id, id, 1, random.Next(5) == 0 ? Audience.Staff : Audience.Customers, "", null, (random.Next(6) == 0 ? "Как " : "") + Text(random, random.Next(5)), Text(random, random.Next(60)) + (random.Next(60) == 0 ? string.Concat(Enumerable.Repeat(" оплата", 400)) : ""));

    /// <summary>Words as often as in a language: some in most texts, most in hardly any; every tenth with another ending.</summary>
    private static string Text(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 4))] + (random.Next(10) == 0 ? "ами" : "")));

    private static (List<(int Slot, double Score, double Stems, double Grams)> Best, double Stems, double Grams) Plainly(QuestionPlan plan, IndexSnapshot snapshot, Audience audience)
    {
        var all = snapshot.Segments
            .SelectMany(placed => Enumerable.Range(0, placed.Segment.Size).Where(chunk => placed.Segment.Readers[chunk] >= Segment.LeastReader(audience)).Select(chunk => (Slot: placed.Start + chunk, Entry: placed.Segment.Entries[chunk])))
            .Select(one => (one.Slot, Stems: OfStems(plan, snapshot, one.Entry), Grams: OfGrams(plan, snapshot, one.Entry)))
            .ToList();
        var (mostStems, mostGrams) = (all.Max(one => one.Stems), all.Max(one => one.Grams));
        return (all.Select(one => (one.Slot, Score: StageOne.Score(one.Stems, mostStems, one.Grams, mostGrams), one.Stems, one.Grams))
            .Where(one => one.Score > 0).OrderByDescending(one => one.Score).ToList(), mostStems, mostGrams);
    }

    private static double OfStems(QuestionPlan plan, IndexSnapshot snapshot, KeptChunk chunk)
    {
        var stems = chunk.StemsOf(snapshot.Lexicon);
        var norm = FieldNorms.Of(chunk, snapshot.Statistics).Stems;
        return plan.Stems.Sum(stem => stem.Weight * stem.Variants.Select(variant => (variant.Id, Worth: variant.Weight * variant.Idf)).Append((stem.Id, stem.Idf))
            .Max(one => one.Item2 * Bm25F.Saturation((Times(stems[..chunk.TitleWords], one.Id) * norm.Title) + (Times(stems[chunk.TitleWords..], one.Id) * norm.Body))));
    }

    private static double OfGrams(QuestionPlan plan, IndexSnapshot snapshot, KeptChunk chunk)
    {
        var title = chunk.Words[..chunk.TitleWords].SelectMany(word => snapshot.Lexicon.GramsOf(word).ToArray()).ToList();
        var body = chunk.Words[chunk.TitleWords..].SelectMany(word => snapshot.Lexicon.GramsOf(word).ToArray()).ToList();
        var norm = FieldNorms.Of(chunk, snapshot.Statistics).Grams;
        return plan.Grams.Sum(gram => gram.Weight * gram.Idf * Bm25F.Saturation((Times(title, gram.Id) * norm.Title) + (Times(body, gram.Id) * norm.Body)));
    }

    private static int Times(IEnumerable<int> all, int one) => Math.Min(all.Count(id => id == one), Impacts.MostTimes);

    private static IEnumerable<string> MadeUp(int count)
    {
        var random = new Random(1);
        for (var i = 0; i < count; i++)
            yield return string.Concat(Enumerable.Range(0, random.Next(3, 9)).Select(_ => "абвгдеиклмнопрсту"[random.Next(17)]));
    }
}
