using System.Text.Json.Serialization;

namespace Support.Confidence;

[JsonConverter(typeof(JsonStringEnumConverter<CertificateState>))]
public enum CertificateState
{
    /// <summary>Too few labels for the rule to pass with, or too many of them are about what the documents no longer say.</summary>
    NotCertified,

    Certified,

    /// <summary>Labels enough, and no threshold keeps the promise.</summary>
    Suspended,
}

/// <summary>What a tenant's labels say of its target, at one moment.</summary>
/// <param name="Target">The greatest rate of wrong answers that was promised, between 0 and 1.</param>
/// <param name="Labels">Representative labels at or above <paramref name="Cut"/>.</param>
/// <param name="Used">Of these, the first ones, on which this certificate rests, see <see cref="Looks"/>; 0 while there are too few.</param>
/// <param name="Missing">Labels that must still be made, or made again, before there can be a certificate; 0 when there is one or nothing passes.</param>
/// <param name="Changed">Labelled questions for which another passage is found first now; until somebody looks, they count as wrong.</param>
/// <param name="Threshold">From here on the bot may answer; null unless certified.</param>
/// <param name="Answered">Labels at or above the threshold; without one, all that were looked at.</param>
/// <param name="Wrong">Of <paramref name="Answered"/>; partly right is wrong here.</param>
/// <param name="UpperBound">Of the rate of wrong answers, as one threshold by itself would have it at the rule's risk (<see cref="FixedSequence.RiskOfEach"/>): a certified one is at most the target. Chosen among fifteen and looked at several times, it is no bound of that certainty, and no text says so.</param>
/// <param name="Share">Of the tenant's questions, those that the bot may answer; null unless certified.</param>
/// <param name="Cut">No question below this confidence was ever drawn, so none is answered on this certificate.</param>
/// <param name="Knowledge">The change of the knowledge that the labelled questions were asked of.</param>
/// <param name="Mark">Of the model, see <see cref="ModelMark"/>.</param>
public sealed record Certificate(
    CertificateState State,
    double Target,
    int Labels,
    int Used,
    int Missing,
    int Changed,
    double? Threshold,
    int Answered,
    int Wrong,
    double? UpperBound,
    double? Share,
    double Cut,
    long Knowledge,
    DateTimeOffset At,
    string Mark)
{
    /// <summary>The realised rate of wrong answers, from 0 to 1; null without labels.</summary>
    [JsonIgnore]
    public double? Rate => Answered == 0 ? null : (double)Wrong / Answered;

    /// <summary>Labels to be made until the next time it is looked whether a threshold passes.</summary>
    [JsonIgnore]
    public int UntilNextLook => Looks.After(Labels, Target) - Labels;
}
