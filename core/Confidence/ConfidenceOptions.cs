using System.ComponentModel.DataAnnotations;

namespace Support.Confidence;

public sealed class ConfidenceOptions
{
    public const string Section = "Confidence";

    public const double DefaultThreshold = .5;

    /// <summary>Below this confidence a person answers. Higher: fewer wrong answers and more work for people.</summary>
    [Range(0.0, 1.0)]
    public double Threshold { get; set; } = DefaultThreshold;

    /// <summary>Where passages of different titles fit nearly alike, the customer is asked which is meant. Off: such questions are answered from the first one or go to a person, as before.</summary>
    public bool Choices { get; set; } = true;
}
