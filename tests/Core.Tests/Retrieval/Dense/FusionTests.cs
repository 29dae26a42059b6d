using Support.Knowledge;
using Support.Retrieval;
using Support.Retrieval.Dense;

namespace Support.Tests.Retrieval.Dense;

public sealed class FusionTests
{
    private static readonly VectorSpace Space = new("m", 2);

    [Theory]
    [InlineData(0, "1 2 3")]
    [InlineData(.3, "1 2 3")]
    [InlineData(.8, "3 2 1")]
    [InlineData(1, "3 2 1")]
    public void The_weight_says_whose_order_counts(double weight, string order)
    {
        var candidates = Candidates((1, 1.0, .1), (2, .6, .5), (3, .2, .9));
        Fusion.Apply(candidates, weight);
        Assert.Equal(order, string.Join(' ', candidates.OrderByDescending(one => one.Score).Select(one => one.Slot)));
    }

    [Fact]
    public void A_candidate_without_a_vector_keeps_the_score_of_its_words()
    {
        var candidates = Candidates((1, 1.0, .1), (2, .6, null), (3, .2, .9));
        Fusion.Apply(candidates, .5);
        Assert.Equal(.6, candidates[1].Score);
        Assert.Equal(.5 * 1.0 + .5 * .2, candidates[0].Score, 9);
        Assert.Equal(.5 * .2 + .5 * 1.0, candidates[2].Score, 9);
    }

    [Fact]
    public void Where_words_tell_nothing_likeness_orders_and_no_score_is_made_of_it()
    {
        var candidates = Candidates((1, 0.0, .1), (2, 0.0, .9));
        Fusion.Apply(candidates, .3);
        Assert.True(candidates[1].Score > candidates[0].Score);
        Assert.InRange(candidates[1].Score, 0, .01);
    }

    [Fact]
    public void Without_a_question_vector_of_their_space_vectors_change_nothing()
    {
        var (plain, withVectors) = (Index(), Index());
        withVectors.Apply(new VectorChanges(1, Space, IsWhole: true, [new ChunkVector(1, PackedVector.Of([0, 1])), new ChunkVector(2, PackedVector.Of([1, 0]))]));
        foreach (var dense in (DenseQuestion?[])[null, new DenseQuestion(new VectorSpace("other", 2), [1, 0], .9)])
        {
            var (expected, found) = (plain.Search("возврат товара", Audience.Customers), withVectors.Search("возврат товара", Audience.Customers, dense));
            Assert.Equal(expected.Passages, found.Passages);
            Assert.Equal(expected.Features, found.Features);
            Assert.Equal(expected.Confidence, found.Confidence);
        }
    }

    [Fact]
    public void A_chunk_found_by_likeness_alone_has_the_parts_of_its_words_as_any_other()
    {
        var index = Index();
        index.Apply(new VectorChanges(1, Space, IsWhole: true, [new ChunkVector(1, PackedVector.Of([0, 1])), new ChunkVector(3, PackedVector.Of([1, 0]))]));
        var ranked = index.Rank("возврат", Audience.Customers, new DenseQuestion(Space, [1, 0], .3));
        Assert.Equal([1L, 2, 3], ranked.Candidates.Select(one => one.Entry.Chunk.ChunkId).Order());
        var byLikeness = ranked.Candidates.Single(one => one.Entry.Chunk.ChunkId == 3);
        Assert.Equal((0.0, 1.0), (byLikeness.Stems, byLikeness.Likeness!.Value));
        Assert.Null(ranked.Candidates.Single(one => one.Entry.Chunk.ChunkId == 2).Likeness);
    }

    [Fact]
    public void A_stored_vector_is_nearly_what_was_embedded()
    {
        var random = new Random(5);
        var unit = UnitVector.Of(Enumerable.Range(0, 384).Select(_ => (float)(random.NextDouble() - .5)).ToArray());
        var unpacked = PackedVector.Unpack(PackedVector.Of(unit));
        Assert.Equal(1, unit.Zip(unpacked, (a, b) => (double)a * b).Sum(), 1e-6);
        Assert.Equal(768, PackedVector.Of(unit).Length);
    }

    [Fact]
    public void Thousands_of_chunks_that_come_and_go_leave_the_live_ones_to_be_found()
    {
        var index = new TenantIndex();
        for (var round = 0; round < 6; round++)
        {
            var ids = Enumerable.Range(round * 2000, 2000).Select(id => (long)id).ToList();
            index.Apply([.. ids.Select(id => Chunk(id, $"слово {id}"))], round == 0 ? [] : [.. ids.Select(id => id - 2000)]);
            index.Apply(new VectorChanges(round, Space, IsWhole: round == 0, [.. ids.Select(id => new ChunkVector(id, PackedVector.Of(Direction(id))))]));
        }
        var found = index.Search("ничего", Audience.Customers, new DenseQuestion(Space, Direction(10_500), 1), limit: 1);
        // Numbers of 16 bits do not tell the very nearest apart.
        Assert.InRange(found.Passages[0].ChunkId, 10_450, 10_550);
        Assert.True(index.Plan("").Snapshot.Vectors!.Rows <= 6000);
    }

    private static float[] Direction(long id) => [MathF.Cos(id / 12_000f), MathF.Sin(id / 12_000f)];

    private static TenantIndex Index()
    {
        var index = new TenantIndex();
        index.Apply([Chunk(1, "Возврат товара за 14 дней."), Chunk(2, "Возврат денег на карту."), Chunk(3, "Курьер привезёт завтра.")], []);
        return index;
    }

    private static IndexedChunk Chunk(long id, string text) => new(id, id, 1, Audience.Customers, "faq", null, "", text);

    private static List<Candidate> Candidates(params (int Slot, double Score, double? Likeness)[] all) =>
        [.. all.Select(one => new Candidate(one.Slot, new IndexSnapshot(new Lexicon(), [], new CollectionTotals().Statistics()), 0, 0, 0) { Score = one.Score, Likeness = one.Likeness })];
}
