using Support.Confidence;
using Support.Conversations;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Tests.Confidence;

public sealed class ExplainTests
{
    [Fact]
    public void Every_feature_has_sentences_for_and_against()
    {
        foreach (var name in ConfidenceFeatures.Names)
            Assert.True(Phrases.Has($"why.{name}.for") && Phrases.Has($"why.{name}.against"), name);
    }

    [Theory]
    [InlineData("how does a refund of goods come back by credit for sofas?", new[] { "refund", "goods", "come", "back" }, new[] { "sofas", "credit" })]
    [InlineData("how to get a refund?", new[] { "refund" }, new string[0])]
    // Read as the collection has it, and found by a variant.
    [InlineData("refnud retunr", new[] { "refund", "return" }, new string[0])]
    public void The_questions_words_are_told_apart_by_what_the_first_passage_has(string question, string[] found, string[] missing)
    {
        var index = new TenantIndex();
        index.Apply(
        [
            Chunk(1, "Refunds", "A refund comes back after your return of the goods."),
            Chunk(2, "Credit", "Credit is given by the bank. Credit costs nothing."),
            Chunk(3, "Delivery", "Two days by courier."),
        ], []);

        var retrieved = index.Search(question, Audience.Customers);

        Assert.Equal(1, retrieved.Passages[0].ChunkId);
        Assert.Equal(found, retrieved.WordsFound);
        Assert.Equal(missing, retrieved.WordsMissing);
    }

    [Fact]
    public void What_each_feature_weighed_adds_up_to_the_confidence()
    {
        var index = new TenantIndex();
        index.Apply([Chunk(1, "Refunds", "A refund comes back after the return."), Chunk(2, "Delivery", "Two days by courier, a return takes longer.")], []);
        var intercepts = new[] { "refund return", "refund sofas credit bank plastic", "courier" }.Select(question =>
        {
            var retrieved = index.Search(question, Audience.Customers);
            Assert.Equal(retrieved.Features.Keys.Order(), retrieved.Shares.Keys.Order());
            return Math.Log(retrieved.Confidence / (1 - retrieved.Confidence)) - retrieved.Shares.Values.Sum();
        }).ToList();

        // What is left is the model's own, the same for all.
        Assert.All(intercepts, intercept => Assert.Equal(intercepts[0], intercept, 6));
        Assert.Empty(index.Search("of the", Audience.Customers).Shares);
    }

    [Fact]
    public void Reasons_come_by_what_they_weighed_and_a_feature_nobody_knows_keeps_its_name_and_value()
    {
        var features = new Dictionary<string, double> { ["same_title"] = .1, ["future"] = 7, ["agreement"] = 1, ["coverage"] = .5 };
        var shares = new Dictionary<string, double> { ["same_title"] = -.2, ["future"] = .3, ["agreement"] = .25, ["coverage"] = 0 };

        var reasons = Explain.Of(features, shares, ["refund"], ["<b>", "sofas"], "en");

        Assert.Equal(
            [
                ("coverage", "2 of 3 words asked about are not in the best passage: “<b>”, “sofas”"), ("future", "future"), ("agreement", "most sentences like the question stand under its title"),
                ("same_title", "a passage of another title fits nearly as well"),
            ],
            reasons.Select(reason => (reason.Name, reason.Sentence)));
        Assert.Equal([0, .3, .25, -.2], reasons.Select(reason => reason.Share));
        Assert.All(Explain.Of(features, null, [], [], "ru"), reason => Assert.Equal((reason.Name, null), (reason.Sentence, reason.Share)));
    }

    [Fact]
    public void The_doubt_is_the_word_that_is_missing_where_that_is_what_weighs_and_else_the_strongest_reason_against()
    {
        Assert.Equal("в лучшем отрывке нет слова «рассрочка»", Explain.Doubt(Weighed(("score", -.4), ("same_title", -.2)), ["рассрочка"], "ru"));
        Assert.Equal("a passage of another title fits nearly as well", Explain.Doubt(Weighed(("score", -.1), ("same_title", -.2)), ["credit"], "en"));
        Assert.Equal("the passage has too little of what is asked", Explain.Doubt(Weighed(("coverage", -6)), [], "en"));
        Assert.Equal("not in the best passage: “a”, “b”, “c”, “d” …", Explain.Doubt(Weighed(("coverage", -6)), ["a", "b", "c", "d", "e"], "en"));
        Assert.Null(Explain.Doubt(Weighed(("same_title", .2)), [], "en"));
        Assert.Null(Explain.Doubt(Weighed(("future", -.2)), [], "en"));
        Assert.Null(Explain.Doubt(null, [], "en"));
    }

    private static Dictionary<string, double> Weighed(params (string Name, double Share)[] shares) => shares.ToDictionary(share => share.Name, share => share.Share);

    private static IndexedChunk Chunk(long id, string title, string text) => new(id, id, 1, Audience.Customers, "guide.md", null, title, text);
}
