using Support.Confidence;

namespace Support.Tests.Confidence;

public sealed class MakeCertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Too_few_labels_say_how_many_are_missing()
    {
        var certificate = Of(Right(12));
        Assert.Equal((CertificateState.NotCertified, 12, 0, 21), (certificate.State, certificate.Labels, certificate.Used, certificate.Missing));
        Assert.Null(certificate.Threshold);
        Assert.Equal((CertificateState.NotCertified, 33), (Of([]).State, Of([]).Missing));
    }

    [Fact]
    public void Enough_right_ones_certify_with_rate_bound_and_share()
    {
        var certificate = Of([.. Right(33).Select(label => label with { Cut = .5, Above = .4 })]);
        Assert.Equal((CertificateState.Certified, 33, 0, 0.0, .4), (certificate.State, certificate.Answered, certificate.Wrong, certificate.Rate, certificate.Share));
        Assert.Equal(1 - Math.Pow(FixedSequence.RiskOfEach, 1 / 33.0), certificate.UpperBound!.Value, 6);
        Assert.True(certificate.UpperBound <= .1);
        Assert.True(certificate.Threshold >= .5);
    }

    [Fact]
    public void Partly_right_counts_as_wrong_and_too_many_wrong_ones_suspend()
    {
        var certificate = Of([.. Right(33).Select((label, i) => label with { IsWrong = i % 3 == 0 })]);
        Assert.Equal((CertificateState.Suspended, 11, 17), (certificate.State, certificate.Wrong, certificate.UntilNextLook));
        Assert.Null(certificate.Share);
    }

    [Fact]
    public void Between_two_looks_nothing_changes()
    {
        var labels = Right(33).Concat(Right(16).Select(label => label with { IsWrong = true })).ToList();
        var (first, before, second) = (Of(labels[..33]), Of(labels), Of([.. labels, .. Right(1)]));

        Assert.Equal((first.State, first.Threshold, first.Used), (before.State, before.Threshold, before.Used));
        Assert.Equal((49, 1), (before.Labels, before.UntilNextLook));
        Assert.Equal((50, CertificateState.Suspended), (second.Used, second.State));
    }

    [Fact]
    public void Labels_below_the_cut_or_drawn_from_a_higher_one_do_not_count()
    {
        // Drawn from everything: forty of them lie above .6, flawless, and forty below, all wrong.
        var all = Enumerable.Range(0, 80).Select(i => new DrawnLabel(i < 40 ? .7 : .3, i >= 40, Cut: 0, Above: 1)).ToList();
        // Drawn from above .6 only, later.
        var above = Right(30).Select(label => label with { Confidence = .8, Cut = .6, Above = .5 }).ToList();

        var mixed = Of([.. all.Take(60), .. above]);

        // Above .6 there are 40 + 30 of 90; from everything only 60 were drawn.
        Assert.Equal((.6, 70), (mixed.Cut, mixed.Labels));
        Assert.True(mixed.Threshold >= .6);
        Assert.True(mixed.Share <= .5);
    }

    [Fact]
    public void The_cut_in_use_depends_on_no_verdict()
    {
        var random = new Random(2);
        var labels = Enumerable.Range(0, 200).Select(_ => new DrawnLabel(random.NextDouble(), false, random.Next(3) * .25, .5)).Where(label => label.Confidence >= label.Cut).ToList();
        var cut = Of(labels).Cut;
        for (var round = 0; round < 20; round++)
            Assert.Equal(cut, Of([.. labels.Select(label => label with { IsWrong = random.Next(2) == 0 })]).Cut);
    }

    [Fact]
    public void What_another_passage_is_found_for_now_counts_as_wrong_until_somebody_looks()
    {
        DrawnLabel[] labels = [.. Right(110)];
        var certified = Of(labels);
        labels[100] = labels[100] with { IsWrong = null };
        var stillCertified = Of(labels);
        // The six that were wrong were the ones whose documents were changed.
        for (var i = 0; i < 18; i++)
            labels[i * 5] = labels[i * 5] with { IsWrong = null };
        var notAnyMore = Of(labels);

        Assert.Equal(CertificateState.Certified, certified.State);
        Assert.Equal(CertificateState.Certified, stillCertified.State);
        Assert.Equal((CertificateState.NotCertified, notAnyMore.Changed), (notAnyMore.State, notAnyMore.Missing));
        Assert.True(notAnyMore.Missing > 0);
    }

    [Fact]
    public void When_more_than_a_fifth_has_changed_there_is_no_certificate_however_good_the_rest()
    {
        var labels = Right(41).Select((label, i) => label with { IsWrong = i < 9 ? null : false }).ToList();
        var certificate = MakeCertificate.Of(labels, .5, 1, Now);
        Assert.Equal((CertificateState.NotCertified, 9), (certificate.State, certificate.Missing));
        Assert.Equal(CertificateState.Certified, MakeCertificate.Of([.. labels.Select((label, i) => i == 0 ? label with { IsWrong = false } : label)], .5, 1, Now).State);
    }

    private static Certificate Of(IEnumerable<DrawnLabel> labels) => MakeCertificate.Of([.. labels], .1, 7, Now);

    private static IEnumerable<DrawnLabel> Right(int count) => Enumerable.Range(0, count).Select(i => new DrawnLabel(.5 + i * .001, false, 0, 1));
}
