using System.ComponentModel.DataAnnotations;

namespace Support.Confidence;

public sealed class ConfidenceOptions
{
    public const string Section = "Confidence";

    public const double DefaultThreshold = .5;

    /// <summary>Below this confidence a person answers. Higher: fewer wrong answers and more work for people.</summary>
    [Range(0.0, 1.0)]
    public double Threshold { get; set; } = DefaultThreshold;
}
