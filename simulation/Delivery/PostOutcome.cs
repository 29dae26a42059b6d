namespace Support.Simulation;

/// <summary>How one try of a webhook ended.</summary>
internal abstract record PostOutcome
{
    private PostOutcome() { }

    public sealed record Accepted : PostOutcome;

    /// <param name="Message">As getWebhookInfo tells it.</param>
    /// <param name="Status">The answer's HTTP status; null when there was no answer.</param>
    public sealed record Failed(string Message, int? Status, TimeSpan? RetryAfter) : PostOutcome;
}
