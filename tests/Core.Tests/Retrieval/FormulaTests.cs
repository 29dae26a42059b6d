using Support.Knowledge;
using Support.Retrieval;
using Support.Text;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class FormulaTests
{
    private const double Exact = 1e-9;

    [Fact]
    public void Saturation_is_1_for_one_occurrence_and_never_reaches_2()
    {
        Assert.Equal(1, Bm25F.Saturation(1), Exact);
        Assert.Equal(1.5, Bm25F.Saturation(3), Exact);
        Assert.True(Bm25F.Saturation(1_000_000) < 2);
    }

    [Theory]
    [InlineData(10, 0, 3.0910424533583156)]
    [InlineData(10, 1, 1.9924301646902063)]
    [InlineData(10, 10, 0.046520015634892907)]
    public void Rare_words_have_more_idf(double chunks, double containing, double idf) => Assert.Equal(idf, Bm25F.Idf(chunks, containing), Exact);

    [Fact]
    public void Length_is_normalized_by_the_average_and_never_to_nothing()
    {
        Assert.Equal(1, Bm25F.Norm(.75, 100, 100), Exact);
        Assert.Equal(1.75, Bm25F.Norm(.75, 200, 100), Exact);
        Assert.Equal(.05, Bm25F.Norm(1, 0, 100), Exact);
    }

    [Theory]
    [InlineData(0, .75)]
    [InlineData(.6, .86)]
    [InlineData(2, 1)]
    public void The_more_lengths_differ_the_more_they_are_normalized(double spread, double b) => Assert.Equal(b, Bm25F.BodyB(spread), Exact);

    [Theory]
    [InlineData("удален", "удал", .95 * (4.0 / 6) * (4.0 / 6))]
    [InlineData("подключ", "подключен", .95 * (7.0 / 9) * (7.0 / 9))]
    [InlineData("кот", "котик", 0)]
    [InlineData("настройк", "настоящ", 0)]
    public void Stems_that_begin_alike_stand_in_for_each_other(string one, string other, double weight) =>
        Assert.Equal(weight, VariantWeights.Family(one, other), Exact);

    [Fact]
    public void Stage_one_is_six_parts_stems_and_four_parts_grams()
    {
        Assert.Equal(.6 * .5 + .4 * .25, StageOne.Score(1, 2, 1, 4), Exact);
        Assert.Equal(.4, StageOne.Score(0, 0, 3, 3), Exact);
    }

    [Theory]
    [InlineData(.5, 1)]
    [InlineData(.8, .5)]
    [InlineData(1.2, 0)]
    public void Stage_two_adds_nearness_titles_and_sentences_and_takes_what_is_scattered(double spread, double even)
    {
        var index = new TenantIndex();
        index.Apply([new IndexedChunk(1, 1, 1, Audience.Customers, "shop", null, "", "да " + string.Join(' ', Enumerable.Repeat("слово", 49)))], []);
        var snapshot = index.Plan("слово").Snapshot;
        var candidate = new Candidate(snapshot.Segments[0].Start, snapshot, 1, stems: 3, grams: 2)
        {
            Pairs = .5,
            Narrow = .6,
            Wide = .7,
            TitleLikeness = .4,
            SentenceCoverage = .9,
            NumberCoverage = .2,
            Triples = .3,
            Telling = .1,
            Agreement = .8,
            Coverage = .95,
        };
        var all = new CollectionStatistics(10, 1, 50, 1, 50, 49, spread, 50);
        Assert.Equal(
            .45 * .75 + .3 * .5 + .1 * .5 + .15 * .3 + .15 * .6 + .2 * .7 + .2 * .1 + .15 * .4 + even * (.3 * .9 + .2 * .2) + .1 * .8 - .25 * .95 + .15,
            StageTwo.Score(candidate, greatestStems: 4, greatestGrams: 4, asksYesOrNo: true, all), Exact);
    }

    [Fact]
    public void Length_counts_only_where_lengths_differ()
    {
        Assert.Equal(0, StageTwo.Length(500, 50, .5), Exact);
        Assert.Equal(1.5, StageTwo.Length(5_000, 50, 1.2), Exact);
        Assert.Equal(Math.Log(2) * .5, StageTwo.Length(105, 50, .8), 1e-2);
    }

    [Fact]
    public void A_pair_is_scored_like_any_word() => Assert.Equal(3 * 2 * 2 / 3.0, StageTwo.Pair(3, 2, 10, 10), Exact);

    [Fact]
    public void The_best_window_holds_each_stem_once_with_its_best_variant()
    {
        Hit[] hits = [new(0, 0, 1), new(5, 1, .7), new(7, 1, 1), new(8, 0, .9), new(30, 2, 1)];
        double[] worth = [2, 1, 1];
        // Tokens 0 to 7 hold the first stem whole and the second whole: 3 of 4.
        Assert.Equal(.75, WindowCoverage.Best(hits, worth, 8), Exact);
        Assert.Equal(.5, WindowCoverage.Best(hits.AsSpan(0, 2), worth, 3), Exact);
        Assert.Equal(0, WindowCoverage.Best([], worth, 8), Exact);
    }

    [Theory]
    [InlineData("Сеть / Как выйти из проекта", true)]
    [InlineData("Облако — Что это такое", true)]
    [InlineData("Можно ли вернуть деньги", true)]
    [InlineData("Возврат?", true)]
    [InlineData("How to pay", true)]
    [InlineData("Как оплатить / Тарифы", false)]
    [InlineData("Можно вернуть", false)]
    [InlineData("", false)]
    public void A_title_asks_by_its_last_heading(string title, bool asks) => Assert.Equal(asks, QuestionForms.IsQuestion(title));

    [Theory]
    [InlineData("можно вернуть товар", true)]
    [InlineData("вернете ли деньги", true)]
    [InlineData("Do you ship", true)]
    [InlineData("как вернуть", false)]
    [InlineData("", false)]
    public void Some_questions_want_yes_or_no(string question, bool asks) => Assert.Equal(asks, QuestionForms.AsksYesOrNo(Tokenizer.Tokens(question)));

    [Fact]
    public void Words_of_grammar_and_of_asking_weigh_less_and_repetitions_nothing()
    {
        var question = ReadQuestion.Of(Tokenizer.Tokens("Подскажите, как как выйти"));
        Assert.Equal([("подскажите", .5), ("как", .4), ("выйти", 1)], question.Words.Select(word => (word.Text, word.Weight)));
        Assert.Equal(1, question.ContentWords);
    }

    [Fact]
    public void Grams_are_of_the_padded_word()
    {
        var grams = new ulong[16];
        Assert.Equal(3, Grams.Of("кота", grams));
        Assert.Equal(["_кот", "кота", "ота_"], grams[..3].Select(Unpack));
        Assert.Equal(1, Grams.Of("я", grams));
        Assert.Equal("_я_", Unpack(grams[0]));
    }

    private static string Unpack(ulong gram) =>
        string.Concat(new[] { 48, 32, 16, 0 }.Select(shift => (char)(gram >> shift & 0xFFFF)).Where(letter => letter != 0));
}
