namespace Support.Simulation;

/// <summary>Something that goes wrong on purpose.</summary>
/// <param name="Method">A method's name; "*" for any; "download" for fetching a file.</param>
/// <param name="ErrorCode">An HTTP status; 0 drops the connection before anything is done; -1 carries the call out and drops the connection before the answer.</param>
public sealed record Fault(string Method, int ErrorCode)
{
    public const string AnyMethod = "*";
    public const string Download = "download";
    public const int DropBefore = 0;
    public const int DropAfter = -1;

    /// <summary>Seconds; with 429.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>How many calls it hits; null until it is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>Instead of the usual text of the code, for example "Forbidden: user is deactivated".</summary>
    public string? Description { get; init; }

    internal Refusal AsRefusal() => ErrorCode switch
    {
        429 when Description is null => Refusal.TooManyRequests(RetryAfter ?? 1),
        _ => new Refusal(ErrorCode, Description ?? UsualDescription()) { RetryAfter = RetryAfter },
    };

    private string UsualDescription() => ErrorCode switch
    {
        400 => "Bad Request: chat not found",
        401 => "Unauthorized",
        403 => "Forbidden: bot was blocked by the user",
        404 => "Not Found",
        409 => "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Internal Server Error",
    };
}
