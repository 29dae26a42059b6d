namespace Support.Questions;

/// <summary>Why a person is asked. Kept in questions and tickets, so a name is never changed; Texts has "reason.…" for each.</summary>
public static class Reasons
{
    public const string NothingFound = "nothing_found";
    public const string LowConfidence = "low_confidence";
    /// <summary>The answer says something its passages do not.</summary>
    public const string NotSupported = "not_supported";
    public const string CustomerAsked = "customer_asked";
    /// <summary>The third turn on the same thing.</summary>
    public const string Repeated = "repeated";
    public const string Upset = "upset";
    /// <summary>An owner's topic rule.</summary>
    public const string Rule = "rule";
    public const string UnsupportedMedia = "unsupported_media";
    public const string ModelFailed = "model_failed";
    public const string Limit = "limit";

    public static readonly IReadOnlyList<string> All =
        [NothingFound, LowConfidence, NotSupported, CustomerAsked, Repeated, Upset, Rule, UnsupportedMedia, ModelFailed, Limit];
}
