namespace Support.Confidence;

/// <summary>A confidence in a word. It orders answers, so without a tenant's own labels a percentage of it would be made up.</summary>
public static class ConfidenceLevel
{
    public const string Low = "low";
    public const string Medium = "medium";
    public const string High = "high";

    /// <param name="options">High is what the desk answers from by default; low is less than half of that, which hardly any right answer has.</param>
    public static string Of(double confidence, ConfidenceOptions options) =>
        confidence >= options.Threshold ? High : confidence >= options.Threshold / 2 ? Medium : Low;
}
