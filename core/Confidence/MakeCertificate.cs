namespace Support.Confidence;

/// <summary>A question drawn at random from the tenant's own, and what was said of the passage that is found first for it.</summary>
/// <param name="IsWrong">Null: another passage is found first now, of which nothing was said.</param>
/// <param name="Cut">It was drawn from the questions at or above this confidence.</param>
/// <param name="Above">The share of the tenant's questions at or above <paramref name="Cut"/> then.</param>
public sealed record DrawnLabel(double Confidence, bool? IsWrong, double Cut, double Above);

/// <summary>
/// Turns representative labels into a certificate. The guarantee holds for the questions the labels were drawn from, so everything happens at or
/// above one cut: those count that are above it and were drawn from at least all that is above it. Which cut that is depends on how many labels it
/// leaves in use and never on what they say.
/// </summary>
public static class MakeCertificate
{
    /// <summary>
    /// When more than this share of the labels is about passages no longer found first, the knowledge has changed much. What is left would have to
    /// be right nearly always to outweigh them, and it is no sample of the questions any more: what was changed is what was asked about.
    /// </summary>
    public const double MuchChanged = .2;

    /// <param name="labels">One for each question, in the order in which they were drawn.</param>
    public static Certificate Of(IReadOnlyList<DrawnLabel> labels, double target, long knowledge, DateTimeOffset now)
    {
        var cut = labels.Select(label => label.Cut).Distinct().OrderByDescending(at => labels.Count(label => IsInside(label, at))).ThenBy(at => at).FirstOrDefault();
        var inside = labels.Where(label => IsInside(label, cut)).ToList();
        var used = inside.Take(Looks.Before(inside.Count, target)).ToList();
        var seen = used.Count > 0 ? used : inside;
        var changed = seen.Count(label => label.IsWrong is null);
        var certificate = new Certificate(
            CertificateState.NotCertified, target, inside.Count, used.Count, 0, changed, null, seen.Count, seen.Count(label => label.IsWrong ?? true), null, null, cut, knowledge, now, ModelMark.Current);
        if (used.Count == 0)
            return Bounded(certificate with { Missing = FixedSequence.FewestLabels(target) - inside.Count + changed });
        if (changed > MuchChanged * used.Count)
            return Bounded(certificate with { Missing = changed });
        if (Loosest(used, target, changedIsWrong: true) is { } passed)
            return Bounded(certificate with
            {
                State = CertificateState.Certified,
                Threshold = passed.Threshold,
                Answered = passed.Answered,
                Wrong = passed.Wrong,
                Share = labels.Last(label => label.Cut == cut).Above * passed.Answered / used.Count,
            });
        return Bounded(changed > 0 && Loosest(used, target, changedIsWrong: false) is not null
            ? certificate with { Missing = changed }
            : certificate with { State = CertificateState.Suspended });
    }

    private static bool IsInside(DrawnLabel label, double cut) => label.Cut <= cut && label.Confidence >= cut;

    private static PassedThreshold? Loosest(List<DrawnLabel> used, double target, bool changedIsWrong) =>
        FixedSequence.Loosest(used.Select(label => new JudgedAnswer(label.Confidence, label.IsWrong ?? changedIsWrong)), target);

    private static Certificate Bounded(Certificate certificate) =>
        certificate.Answered == 0 ? certificate : certificate with { UpperBound = BinomialBound.Upper(certificate.Wrong, certificate.Answered, FixedSequence.RiskOfEach) };
}
