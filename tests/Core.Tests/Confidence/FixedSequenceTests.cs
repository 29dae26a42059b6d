using Support.Confidence;

namespace Support.Tests.Confidence;

/// <summary>The rule behind the promise: its formula, what must always hold of it, and that it keeps what it promises in simulated companies whose true rate is known.</summary>
public sealed class FixedSequenceTests
{
    [Theory]
    [InlineData(.05, 67)]
    [InlineData(.1, 33)]
    [InlineData(.2, 16)]
    [InlineData(.5, 5)]
    public void Fewer_labels_than_a_flawless_record_needs_never_pass(double target, int fewest)
    {
        Assert.Equal(fewest, FixedSequence.FewestLabels(target));
        Assert.Null(FixedSequence.Loosest(Flawless(fewest - 1), target));
        Assert.Equal(new PassedThreshold(0, fewest, 0), FixedSequence.Loosest(Flawless(fewest), target));
    }

    [Fact]
    public void What_is_wrong_at_the_least_confident_end_is_left_out()
    {
        // 100 labels; the 40 least confident are all wrong.
        var labels = Enumerable.Range(0, 100).Select(i => new JudgedAnswer(i / 100.0, i < 40));

        var passed = Assert.IsType<PassedThreshold>(FixedSequence.Loosest(labels, .1));

        Assert.InRange(passed.Threshold, .35, .5);
        Assert.True(BinomialBound.Upper(passed.Wrong, passed.Answered, FixedSequence.RiskOfEach) <= .1);
    }

    [Fact]
    public void A_wrong_answer_among_the_most_confident_is_outweighed_by_many_more_labels()
    {
        // The strictest threshold fails; the later starts do not begin there.
        JudgedAnswer Label(int i) => new(1 - i / 1000.0, i is 3 or 4);
        Assert.Null(FixedSequence.Loosest(Enumerable.Range(0, 40).Select(Label), .1));
        Assert.NotNull(FixedSequence.Loosest(Enumerable.Range(0, 200).Select(Label), .1));
    }

    [Fact]
    public void Everybody_as_confident_as_the_last_one_is_answered_and_counted()
    {
        var labels = Enumerable.Range(0, 100).Select(i => new JudgedAnswer(i < 30 ? .9 : .5, i >= 90));
        Assert.Null(FixedSequence.Loosest(labels, .1));
    }

    [Fact]
    public void The_order_of_the_labels_says_nothing()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var labels = Simulated(random, 150, confidence => .25 * (1 - confidence));
            var shuffled = labels.ToArray();
            random.Shuffle(shuffled);
            Assert.Equal(FixedSequence.Loosest(labels, .1), FixedSequence.Loosest(shuffled, .1));
        }
    }

    [Fact]
    public void Whatever_passes_has_a_bound_within_the_target_and_a_right_label_more_never_costs_a_pass()
    {
        var random = new Random(4);
        var rounds = 0;
        for (var round = 0; round < 200; round++)
        {
            var labels = Simulated(random, random.Next(33, 300), confidence => .3 * (1 - confidence));
            if (FixedSequence.Loosest(labels, .1) is not { } passed)
                continue;
            Assert.Equal(labels.Count(label => label.Confidence >= passed.Threshold), passed.Answered);
            Assert.Equal(labels.Count(label => label.Confidence >= passed.Threshold && label.IsWrong), passed.Wrong);
            Assert.True(BinomialBound.Upper(passed.Wrong, passed.Answered, FixedSequence.RiskOfEach) <= .1 + 1e-9);
            foreach (var wrong in Enumerable.Range(0, labels.Count).Where(i => labels[i].IsWrong))
            {
                var mended = labels.ToList();
                mended[wrong] = mended[wrong] with { IsWrong = false };
                Assert.InRange(FixedSequence.Loosest(mended, .1)?.Answered ?? 0, passed.Answered, labels.Count);
            }
            rounds++;
        }
        Assert.InRange(rounds, 20, 200);
    }

    /// <summary>A thousand companies each; the rate of wrong answers at or above any threshold is known, so a broken promise is seen.</summary>
    [Theory]
    [InlineData(80, 0)]
    [InlineData(200, 0)]
    [InlineData(400, 0)]
    [InlineData(200, 1)]
    [InlineData(400, 1)]
    [InlineData(400, 2)]
    public void Of_a_thousand_companies_the_promise_is_broken_in_a_tenth_at_most(int labels, int company)
    {
        const double target = .1;
        var random = new Random(labels + company);
        var broken = 0;
        for (var i = 0; i < 1000; i++)
            if (FixedSequence.Loosest(Simulated(random, labels, Risk(company)), target) is { } passed && RateAbove(Risk(company), passed.Threshold) > target)
                broken++;
        Assert.True(broken <= FixedSequence.Risk * 1000, $"{broken} of 1,000 promises were broken.");
    }

    /// <summary>The simulation itself sees broken promises: those of whoever takes the loosest threshold that looks good.</summary>
    [Fact]
    public void Whoever_believes_the_rate_that_was_seen_breaks_far_more()
    {
        var random = new Random(6);
        var broken = 0;
        for (var i = 0; i < 1000; i++)
        {
            var labels = Simulated(random, 200, Risk(1)).OrderByDescending(label => label.Confidence).ToList();
            var wrong = 0;
            var at = -1;
            for (var n = 0; n < labels.Count; n++)
            {
                wrong += labels[n].IsWrong ? 1 : 0;
                if (n >= 32 && wrong <= .1 * (n + 1))
                    at = n;
            }
            broken += at >= 0 && RateAbove(Risk(1), labels[at].Confidence) > .1 ? 1 : 0;
        }
        Assert.True(broken > 300, $"Only {broken} of 1,000 promises were broken.");
    }

    /// <summary>Just above the target everywhere, where whatever passes is broken; falling with confidence; steeply so.</summary>
    private static Func<double, double> Risk(int company) => company switch
    {
        0 => _ => .1001,
        1 => confidence => .05 + .2 * (1 - confidence),
        _ => confidence => .02 + .6 * Math.Pow(1 - confidence, 2),
    };

    private static double RateAbove(Func<double, double> risk, double threshold) =>
        Enumerable.Range(0, 500).Average(i => risk(threshold + (1 - threshold) * (i + .5) / 500));

    private static List<JudgedAnswer> Simulated(Random random, int count, Func<double, double> risk) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble()).Select(confidence => new JudgedAnswer(confidence, random.NextDouble() < risk(confidence)))];

    private static IEnumerable<JudgedAnswer> Flawless(int count) => Enumerable.Range(0, count).Select(i => new JudgedAnswer(i, IsWrong: false));
}
