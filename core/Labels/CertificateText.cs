using System.Globalization;
using System.Text;
using Support.Confidence;
using Support.Conversations;

namespace Support.Labels;

/// <summary>What a tenant answers from, and what its labels say of it, for the owner and the admins. HTML.</summary>
internal static class CertificateText
{
    /// <param name="knowledge">The newest change of the knowledge; null: the certificate was made just now.</param>
    public static string Html(string language, TenantConfidence confidence, ConfidenceOptions options, long? knowledge = null)
    {
        switch (confidence.Mode)
        {
            case PromiseMode.Fixed:
                return Phrases.Html(language, "target.fixed", Percent.Threshold(language, confidence.Fixed ?? options.Threshold));
            case PromiseMode.People:
                return Phrases.Html(language, "target.people");
        }
        var text = new StringBuilder(Phrases.Html(language, "target.title", Percent.Of(language, confidence.Target)));
        text.Append('\n').Append(State(language, confidence, options));
        if (confidence.Certificate is { } certificate && knowledge > certificate.Knowledge)
            text.Append('\n').Append(Phrases.Html(language, "target.checking"));
        return text.ToString();
    }

    private static string State(string language, TenantConfidence confidence, ConfidenceOptions options)
    {
        var threshold = Percent.Threshold(language, options.Threshold);
        return confidence.Certificate switch
        {
            { State: CertificateState.Certified } certified => Certified(language, certified),
            { State: CertificateState.Suspended } suspended => Suspended(language, confidence, suspended, threshold),
            { Used: > 0 } changed => Phrases.Html(language, "target.changed", changed.Missing, threshold),
            { } few => Phrases.Html(language, "target.not.certified", few.Missing, few.Labels, threshold),
            null => Phrases.Html(language, "target.not.certified", FixedSequence.FewestLabels(confidence.Target), 0, threshold),
        };
    }

    private static string Certified(string language, Certificate certificate) => string.Join('\n',
        Phrases.Html(language, "target.certified", Date(certificate.At), certificate.Knowledge),
        Phrases.Html(language, "target.rate", certificate.Used, certificate.Answered, certificate.Wrong, Percent.Of(language, certificate.Rate ?? 0), Percent.Of(language, certificate.UpperBound ?? 1)),
        Phrases.Html(language, "target.share", Percent.Of(language, certificate.Share ?? 0)));

    private static string Suspended(string language, TenantConfidence confidence, Certificate certificate, string threshold) => string.Join('\n',
        Phrases.Html(language, "target.suspended", certificate.Used, certificate.Wrong, Percent.Of(language, certificate.Rate ?? 0)),
        confidence.PeopleWhenSuspended switch
        {
            null => Phrases.Html(language, "target.suspended.choose", threshold),
            true => Phrases.Html(language, "target.suspended.people"),
            false => Phrases.Html(language, "target.suspended.default", threshold),
        },
        Phrases.Html(language, "target.next", certificate.UntilNextLook));

    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
