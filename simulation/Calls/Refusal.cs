namespace Support.Simulation;

/// <summary>A call that Telegram would not carry out: code and description are what the caller gets to see.</summary>
internal sealed class Refusal(int code, string description) : Exception(description)
{
    public int Code { get; } = code;

    public int? RetryAfter { get; init; }

    public long? MigrateToChatId { get; init; }

    public static Refusal BadRequest(string what) => new(400, "Bad Request: " + what);

    public static Refusal Forbidden(string what) => new(403, "Forbidden: " + what);

    public static Refusal Conflict(string what) => new(409, "Conflict: " + what);

    public static Refusal TooManyRequests(int seconds) => new(429, $"Too Many Requests: retry after {seconds}") { RetryAfter = seconds };
}
