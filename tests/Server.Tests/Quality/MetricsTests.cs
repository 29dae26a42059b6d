using Support.Bench.Quality;

namespace Support.Tests.Quality;

public sealed class MetricsTests
{
    private const double Exact = 1e-9;

    private static readonly Dictionary<string, double> Relevant = new() { ["a"] = 2, ["b"] = 1 };

    [Fact]
    public void Ndcg_discounts_the_grade_itself_by_rank() =>
        Assert.Equal((1 + 2 / Math.Log2(4)) / (2 + 1 / Math.Log2(3)), RankingMetrics.Ndcg(["b", "x", "a"], Relevant, 10), Exact);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, .5)]
    [InlineData(5, 1)]
    public void Recall_is_of_what_could_be_found(int depth, double recall) =>
        Assert.Equal(recall, RankingMetrics.Recall(["x", "a", "b"], Relevant, depth), Exact);

    [Fact]
    public void Reciprocal_rank_is_of_the_first_relevant_one()
    {
        Assert.Equal(.5, RankingMetrics.ReciprocalRank(["x", "b", "a"], Relevant, 10), Exact);
        Assert.Equal(0, RankingMetrics.ReciprocalRank(["x", "y", "a"], Relevant, 2), Exact);
    }

    [Fact]
    public void Auroc_counts_ties_half_and_is_nothing_without_both_classes()
    {
        Assert.Equal(1, EscalationMetrics.Auroc([(.9, true), (.1, false)]));
        Assert.Equal(.5, EscalationMetrics.Auroc([(.5, true), (.5, false)]));
        Assert.Equal(7.5 / 9, EscalationMetrics.Auroc([(.9, true), (.5, true), (.5, false), (.1, false), (.7, false), (.95, true)])!.Value, Exact);
        Assert.Null(EscalationMetrics.Auroc([(.9, true)]));
    }

    [Fact]
    public void Coverage_is_the_longest_prefix_that_keeps_the_promise()
    {
        // 18 right, one wrong, one right, one wrong: 19 of 20 are right, 19 of 21 are not enough.
        var questions = Enumerable.Range(0, 21).Select(i => new JudgedQuestion(1 - i / 100.0, i is not (18 or 20), true)).ToList();
        var metrics = EscalationMetrics.Of(questions);
        Assert.Equal(20 / 21.0, metrics.CoverageAt5, Exact);
        Assert.Equal(1, metrics.CoverageAt10, Exact);
    }

    [Fact]
    public void Fewer_than_ten_answers_promise_nothing() =>
        Assert.Equal(0, EscalationMetrics.Of([.. Enumerable.Range(0, 9).Select(i => new JudgedQuestion(i, true, true))]).CoverageAt5);

    [Fact]
    public void Risk_is_averaged_over_all_numbers_of_answers() =>
        Assert.Equal((0 + .5 + 1 / 3.0) / 3, EscalationMetrics.Of([new(.9, true, true), new(.5, false, true), new(.1, true, true)]).Aurc, Exact);

    [Fact]
    public void Confidence_that_means_what_it_says_has_no_calibration_error()
    {
        Assert.Equal(0, EscalationMetrics.Of([.. Enumerable.Range(0, 150).Select(i => new JudgedQuestion(i / 10 % 2, i / 10 % 2 == 1, true))]).Ece, Exact);
        Assert.Equal(.3, EscalationMetrics.Of([.. Enumerable.Range(0, 150).Select(_ => new JudgedQuestion(.7, true, true))]).Ece, Exact);
    }
}
