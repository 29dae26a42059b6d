using Support.Knowledge;
using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

/// <summary>What is left out must not have mattered: against sums over every posting.</summary>
public sealed class StageOneSearchTests
{
    private const double Rounding = 1e-4;

    private static readonly string[] Words = ["как", "в", "оплата", .. MadeUp(1_500)];

    [Theory]
    [InlineData(1, 3_000, 3_000)]
    [InlineData(2, 3_000, 700)]
    [InlineData(3, 2_000, 90)]
    [InlineData(4, 40, 7)]
    public void The_best_are_those_of_all_postings(int seed, int chunks, int atOnce)
    {
        var random = new Random(seed);
        var index = Grown(random, chunks, atOnce);
        long walked = 0, all = 0;
        for (var i = 0; i < 150; i++)
        {
            var audience = i % 3 == 0 ? Audience.Staff : Audience.Customers;
            var (plan, snapshot) = index.Plan(Text(random, random.Next(1, 14)));
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
            walked += search.Stems.Walked + search.Grams.Walked;
            all += Postings(plan, snapshot);
        }
        // Or this would test nothing.
        Assert.True(chunks < 1_000 || walked < all * 3 / 4, $"{walked} of {all} postings were walked.");
    }

    [Fact]
    public void Work_does_not_grow_with_the_repetitions_of_a_word()
    {
        var index = Grown(new Random(5), 2_000, 500);
        var (once, snapshot) = index.Plan("как оплата");
        var (often, _) = index.Plan(string.Join(' ', Enumerable.Repeat("как оплата", 5_000)));
        Assert.Equal(Walked(once, snapshot), Walked(often, snapshot));
    }

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
        new(id, id, 1, random.Next(5) == 0 ? Audience.Staff : Audience.Customers, "", null, (random.Next(6) == 0 ? "Как " : "") + Text(random, random.Next(5)), Text(random, random.Next(60)));

    /// <summary>Words as often as in a language: some in most texts, most in hardly any; every tenth with another ending.</summary>
    private static string Text(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 4))] + (random.Next(10) == 0 ? "ами" : "")));

    private static (List<(int Slot, double Score, float Stems, float Grams)> Best, float Stems, float Grams) Plainly(QuestionPlan plan, IndexSnapshot snapshot, Audience audience)
    {
        var (stems, grams) = (new float[snapshot.Slots], new float[snapshot.Slots]);
        foreach (var placed in snapshot.Segments)
        {
            foreach (var stem in plan.Stems)
            {
                var best = new Dictionary<int, double>();
                Raise(best, placed.Segment.Stems, stem.Id, placed.Norms.Stems, stem.Idf);
                foreach (var variant in stem.Variants)
                    Raise(best, placed.Segment.Stems, variant.Id, placed.Norms.Stems, variant.Weight * variant.Idf);
                foreach (var (chunk, most) in best)
                    stems[placed.Start + chunk] += (float)(stem.Weight * most);
            }
            foreach (var gram in plan.Grams)
            {
                var best = new Dictionary<int, double>();
                Raise(best, placed.Segment.Grams, gram.Id, placed.Norms.Grams, gram.Weight * gram.Idf);
                foreach (var (chunk, most) in best)
                    grams[placed.Start + chunk] += (float)most;
            }
        }
        var readable = snapshot.Segments.SelectMany(placed => Enumerable.Range(0, placed.Segment.Size)
            .Where(chunk => placed.Segment.Readers[chunk] >= Segment.LeastReader(audience)).Select(chunk => placed.Start + chunk)).ToList();
        var (mostStems, mostGrams) = (readable.Max(slot => stems[slot]), readable.Max(slot => grams[slot]));
        return (readable.Select(slot => (Slot: slot, Score: StageOne.Score(stems[slot], mostStems, grams[slot], mostGrams), stems[slot], grams[slot]))
            .Where(one => one.Score > 0).OrderByDescending(one => one.Score).ToList(), mostStems, mostGrams);
    }

    private static void Raise(Dictionary<int, double> best, Postings postings, int term, FieldNorm[] norms, double worth)
    {
        foreach (var posting in term == Lexicon.None ? [] : postings.Of(term))
        {
            var chunk = Support.Retrieval.Postings.Chunk(posting);
            var x = (Support.Retrieval.Postings.InTitle(posting) * norms[chunk].Title) + (Support.Retrieval.Postings.InBody(posting) * norms[chunk].Body);
            best[chunk] = Math.Max(best.GetValueOrDefault(chunk), worth * Bm25F.Saturation(x));
        }
    }

    private static IEnumerable<string> MadeUp(int count)
    {
        var random = new Random(1);
        for (var i = 0; i < count; i++)
            yield return string.Concat(Enumerable.Range(0, random.Next(3, 9)).Select(_ => "абвгдеиклмнопрсту"[random.Next(17)]));
    }

    private static long Postings(QuestionPlan plan, IndexSnapshot snapshot) =>
        snapshot.Segments.Sum(placed =>
            plan.Stems.Sum(stem => Length(placed.Segment.Stems, stem.Id) + stem.Variants.Sum(variant => Length(placed.Segment.Stems, variant.Id)))
            + plan.Grams.Sum(gram => Length(placed.Segment.Grams, gram.Id)));

    private static long Length(Postings postings, int term) => term == Lexicon.None ? 0 : postings.Of(term).Length;
}
