using Support.Confidence;

namespace Support.Tests.Confidence;

public sealed class BinomialBoundTests
{
    [Theory]
    [InlineData(0, 33, .1, .030903)]
    [InlineData(1, 50, .05, .279432)]
    [InlineData(5, 100, .1, .057577)]
    public void So_few_wrong_ones_are_as_likely_as_the_sum_of_their_chances(int wrong, int answered, double rate, double likely)
    {
        Assert.Equal(likely, BinomialBound.AtMost(wrong, answered, rate), 6);
        var (sum, term) = (0.0, Math.Pow(1 - rate, answered));
        for (var k = 0; k <= wrong; k++)
        {
            sum += term;
            term *= (answered - k) / (k + 1.0) * rate / (1 - rate);
        }
        Assert.Equal(sum, BinomialBound.AtMost(wrong, answered, rate), 9);
    }

    [Theory]
    [InlineData(0, 30, .05, .095034)]
    [InlineData(0, 33, .1, .067400)]
    public void Without_a_wrong_one_the_bound_is_a_root_of_the_risk(int wrong, int answered, double risk, double bound)
    {
        Assert.Equal(bound, BinomialBound.Upper(wrong, answered, risk), 5);
        Assert.Equal(1 - Math.Pow(risk, 1.0 / answered), BinomialBound.Upper(wrong, answered, risk), 9);
    }

    [Fact]
    public void At_the_bound_so_few_wrong_ones_have_just_the_chance_that_was_allowed()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var answered = random.Next(1, 2000);
            var wrong = random.Next(0, answered);
            Assert.Equal(FixedSequence.RiskOfEach, BinomialBound.AtMost(wrong, answered, BinomialBound.Upper(wrong, answered, FixedSequence.RiskOfEach)), 5);
        }
        Assert.Equal(1, BinomialBound.Upper(7, 7, .1));
    }
}
