using Support.Confidence;

namespace Support.Tests.Confidence;

/// <summary>What looking again costs, in simulated companies whose true rate is known and whose labels come in over time. The figures are those of decision 0008.</summary>
public sealed class LooksTests
{
    private const double Target = .1;
    private const int Companies = 1000;

    [Fact]
    public void It_is_looked_at_the_fewest_labels_that_can_pass_and_each_time_half_as_many_again_were_made()
    {
        Assert.Equal([33, 50, 75, 113, 170, 255, 383, 575, 863, 1295, 1943], Counts(2000));
        foreach (var at in Counts(2000))
        {
            Assert.Equal(at, Looks.Before(at, Target));
            Assert.True(Looks.Before(at - 1, Target) < at);
            Assert.Equal(at, Looks.After(at - 1, Target));
        }
    }

    /// <summary>At each look by itself the rule's risk holds, whatever came before it: nobody waits for a pass.</summary>
    [Theory]
    [InlineData(Truth.JustAbove)]
    [InlineData(Truth.Falling)]
    [InlineData(Truth.FallingSteeply)]
    public void At_any_one_number_of_labels_a_tenth_of_the_certificates_is_broken_at_most(Truth truth)
    {
        var broken = new Dictionary<int, int>();
        foreach (var company in Simulated(truth, 863))
            foreach (var (at, isBroken) in company)
                broken[at] = broken.GetValueOrDefault(at) + (isBroken ? 1 : 0);
        Assert.NotEmpty(broken);
        Assert.All(broken, look => Assert.True(look.Value <= FixedSequence.Risk * Companies, $"{look.Value} of {Companies} were broken at {look.Key} labels."));
    }

    /// <summary>Whoever labels until it passes and stops there. The lower ends show that the simulation sees broken promises.</summary>
    [Theory]
    [InlineData(Truth.JustAbove, 200, 100, 150)]
    [InlineData(Truth.JustAbove, 400, 150, 210)]
    [InlineData(Truth.JustAbove, 2000, 240, 320)]
    [InlineData(Truth.Falling, 2000, 20, 80)]
    [InlineData(Truth.FallingSteeply, 2000, 10, 80)]
    public void Who_stops_at_the_first_pass_holds_a_broken_promise_as_often_as_is_said(Truth truth, int labels, int least, int most)
    {
        var broken = Simulated(truth, labels).Count(looks => looks is [var first, ..] && first.IsBroken);
        Assert.InRange(broken, least, most);
    }

    public enum Truth
    {
        /// <summary>Just above the target everywhere, where whatever passes is broken: the worst there is.</summary>
        JustAbove,
        Falling,
        FallingSteeply,
    }

    /// <summary>Of each company the looks at which something was certified, and whether its true rate breaks that.</summary>
    private static IEnumerable<List<(int At, bool IsBroken)>> Simulated(Truth truth, int labels)
    {
        for (var company = 0; company < Companies; company++)
        {
            var random = new Random(company);
            var all = Enumerable.Range(0, labels).Select(_ => random.NextDouble()).Select(confidence => new DrawnLabel(confidence, random.NextDouble() < Rate(truth, confidence), 0, 1)).ToList();
            yield return
            [
                .. Counts(labels)
                    .Select(at => (At: at, Certificate: MakeCertificate.Of(all[..at], Target, 1, DateTimeOffset.UnixEpoch)))
                    .Where(look => look.Certificate.State == CertificateState.Certified)
                    .Select(look => (look.At, RateFrom(truth, look.Certificate.Threshold!.Value) > Target)),
            ];
        }
    }

    /// <summary>The numbers of labels at which the certificate is made.</summary>
    private static IEnumerable<int> Counts(int most)
    {
        for (var at = Looks.After(0, Target); at <= most; at = Looks.After(at, Target))
            yield return at;
    }

    private static double Rate(Truth truth, double confidence) => truth switch
    {
        Truth.JustAbove => .1001,
        Truth.Falling => .05 + .2 * (1 - confidence),
        _ => .02 + .6 * Math.Pow(1 - confidence, 2),
    };

    /// <summary>Of all that is at least as confident.</summary>
    private static double RateFrom(Truth truth, double threshold) => Enumerable.Range(0, 100).Average(i => Rate(truth, threshold + (1 - threshold) * (i + .5) / 100));
}
