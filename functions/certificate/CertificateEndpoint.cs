using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Database;
using Support.Http;
using Support.Questions;

namespace Support.Functions;

/// <summary>GET /certificate: what the company's bot answers from, and what its labels say of its target.</summary>
public static class CertificateEndpoint
{
    public static void MapCertificate(this IEndpointRouteBuilder app) => app.MapGet("/certificate", CertificateAsync);

    private static async Task CertificateAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        await using var transaction = await context.RequestServices.GetRequiredService<DeskDatabase>().BeginAsync(tenant, context.RequestAborted);
        var now = await DeskNow.ReadAsync(transaction, context.RequestAborted);
        var options = context.RequestServices.GetRequiredService<IOptions<ConfidenceOptions>>().Value;
        await Doors.WriteAsync(context, StatusCodes.Status200OK, ShownCertificate.Of(now.Judged, options, now.Change), DeskJson.Default.ShownCertificate);
    }
}

/// <param name="Mode">promise, fixed or people.</param>
/// <param name="State">not_certified, certified or suspended.</param>
/// <param name="Threshold">The confidence from which on the bot answers now; null when it answers nothing.</param>
/// <param name="Labels">Labels of /label that count.</param>
/// <param name="Used">Of these, those the certificate rests on.</param>
/// <param name="Missing">Labels to be made before there can be a certificate.</param>
/// <param name="Changed">Labelled questions for which another passage is found now.</param>
/// <param name="Answered">Of the used ones, those the bot may answer; without a certificate all.</param>
/// <param name="Rate">Of wrong ones among <paramref name="Answered"/>, from 0 to 1.</param>
/// <param name="UpperBound">Of <paramref name="Rate"/>.</param>
/// <param name="Share">Of all questions, those the bot may answer.</param>
/// <param name="MadeAt">When the certificate was made.</param>
/// <param name="Knowledge">The change of the documents that it was made for.</param>
/// <param name="KnowledgeNow">The newest change of the documents.</param>
/// <param name="ShowsPercentages">There are labels enough to show a probability with an answer.</param>
public sealed record ShownCertificate(
    string Mode, double Target, string State, double? Threshold, int Labels, int Used, int Missing, int Changed, int Answered, int Wrong,
    double? Rate, double? UpperBound, double? Share, DateTimeOffset? MadeAt, long? Knowledge, long KnowledgeNow, bool ShowsPercentages)
{
    public static ShownCertificate Of(TenantConfidence confidence, ConfidenceOptions options, long knowledge)
    {
        var certificate = confidence.Certificate;
        var threshold = confidence.ThresholdNow ?? options.Threshold;
        return new ShownCertificate(
            confidence.Mode.ToString().ToLowerInvariant(),
            confidence.Target,
            confidence.State switch { CertificateState.Certified => "certified", CertificateState.Suspended => "suspended", _ => "not_certified" },
            threshold > 1 ? null : threshold,
            certificate?.Labels ?? 0,
            certificate?.Used ?? 0,
            certificate?.Missing ?? FixedSequence.FewestLabels(confidence.Target),
            certificate?.Changed ?? 0,
            certificate?.Answered ?? 0,
            certificate?.Wrong ?? 0,
            certificate?.Rate,
            certificate?.UpperBound,
            certificate?.Share,
            certificate?.At,
            certificate?.Knowledge,
            knowledge,
            confidence.Model is not null);
    }
}
