using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Retrieval;

namespace Support.Confidence;

/// <summary>What a tenant's owner has chosen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromiseMode>))]
public enum PromiseMode
{
    /// <summary>A target rate of wrong answers, kept by a threshold that the labels certify.</summary>
    Promise,

    /// <summary>One threshold, whatever it costs.</summary>
    Fixed,

    /// <summary>The bot answers nothing.</summary>
    People,
}

/// <summary>From which confidence on a tenant's bot answers, by its owner's choice and its own labels. Kept in the setting of the name <see cref="Key"/>.</summary>
/// <param name="Threshold">What the rest comes to, see <see cref="Settled"/>. Null: the desk's default (<see cref="ConfidenceOptions.Threshold"/>). Above 1: everything goes to people.</param>
/// <param name="Target">Of wrong answers among all answers, between 0 and 1.</param>
/// <param name="Fixed">For <see cref="PromiseMode.Fixed"/>.</param>
/// <param name="PeopleWhenSuspended">While the promise is suspended: everything to people (true) or the desk's default. Null: the owner has not chosen, and the default holds.</param>
/// <param name="Told">The last state that the owner was told of.</param>
/// <param name="Certificate">Null while there are no representative labels.</param>
/// <param name="Model">Null without enough labels.</param>
public sealed record TenantConfidence(
    double? Threshold,
    PromiseMode Mode = PromiseMode.Promise,
    double Target = TenantConfidence.DefaultTarget,
    double? Fixed = null,
    bool? PeopleWhenSuspended = null,
    CertificateState Told = CertificateState.NotCertified,
    Certificate? Certificate = null,
    TenantModel? Model = null)
{
    public const string Key = "confidence";

    public const double DefaultTarget = .1;

    /// <summary>The classic one, for owners who are used to it.</summary>
    public const double ClassicThreshold = .7;

    private const double Nobody = 2;

    /// <summary>A tenant that chose nothing and has no labels.</summary>
    public static readonly TenantConfidence Default = new((double?)null);

    [JsonIgnore]
    public CertificateState State => Certificate?.State ?? CertificateState.NotCertified;

    /// <param name="json">The setting's value; null when there is none.</param>
    public static TenantConfidence Read(string? json) =>
        json is null ? Default : JsonSerializer.Deserialize(json, ConfidenceJson.Default.TenantConfidence) ?? Default;

    public string ToJson() => JsonSerializer.Serialize(this, ConfidenceJson.Default.TenantConfidence);

    /// <summary>With the threshold that everything else here comes to.</summary>
    public TenantConfidence Settled() => this with
    {
        Threshold = Mode switch
        {
            PromiseMode.Fixed => Fixed,
            PromiseMode.People => Nobody,
            _ => State switch
            {
                CertificateState.Certified => Certificate?.Threshold,
                CertificateState.Suspended when PeopleWhenSuspended == true => Nobody,
                _ => null,
            },
        },
    };

    public bool MayAnswer(double confidence, ConfidenceOptions options) => confidence >= (ThresholdNow ?? options.Threshold);

    /// <summary>Where the verdicts are missing that a certificate was made with, the desk's default holds as well.</summary>
    public bool MayAnswer(Retrieved found, ConfidenceOptions options) =>
        MayAnswer(found.Confidence, options) && (!found.LacksVerdicts || Mode == PromiseMode.Fixed || found.Confidence >= options.Threshold);

    /// <summary>A certificate of another model says nothing of this one's numbers.</summary>
    [JsonIgnore]
    public double? ThresholdNow => Mode == PromiseMode.Promise && Certificate is { State: CertificateState.Certified } certificate && certificate.Mark != ModelMark.Current ? null : Threshold;

    /// <summary>How likely the first passage answers the question, as people are shown it; null without labels enough.</summary>
    public double? Probability(Retrieved found) => Model?.Probability(found);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TenantConfidence))]
public sealed partial class ConfidenceJson : JsonSerializerContext;
