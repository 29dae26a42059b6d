using System.ComponentModel.DataAnnotations;

namespace Support.Conversations;

public sealed class ConversationOptions
{
    public const string Section = "Conversations";

    /// <summary>How long to wait for a further message before answering, in seconds. Less splits "hello" from the question after it; more makes customers wait.</summary>
    [Range(0, 30)] public double BurstSeconds { get; set; } = 1.2;

    /// <summary>The longest such wait, however many messages come.</summary>
    [Range(0, 60)] public double LongestBurstSeconds { get; set; } = 5;

    public TimeSpan Burst => TimeSpan.FromSeconds(BurstSeconds);

    public TimeSpan LongestBurst => TimeSpan.FromSeconds(LongestBurstSeconds);
}
