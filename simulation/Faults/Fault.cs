using System.Text.Json.Serialization;

namespace Support.Simulation;

/// <summary>Something that goes wrong on purpose.</summary>
/// <param name="Method">A method's name; "*" for any; "download" for fetching a file.</param>
/// <param name="ErrorCode">An HTTP status; 0 drops the connection before anything is done; -1 carries the call out and drops the connection before the answer.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Fault([property: JsonRequired] string Method, [property: JsonRequired] int ErrorCode)
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

    /// <summary>A misspelt fault would hit nothing and nobody would know.</summary>
    internal void Check()
    {
        if (Method is not (AnyMethod or Download) && !BotApiSpecification.Current.Methods.ContainsKey(Method))
            throw new ArgumentException($"There is no method \"{Method}\" to fail; write \"{AnyMethod}\" for all, \"{Download}\" for fetching a file.", nameof(Method));
        if (ErrorCode is not (DropBefore or DropAfter or (>= 400 and <= 599)))
            throw new ArgumentException($"An error code is 400 to 599, {DropBefore} or {DropAfter}, not {ErrorCode}.", nameof(ErrorCode));
        if (Count < 1)
            throw new ArgumentException($"A fault hits at least one call, not {Count}; leave the count out for all.", nameof(Count));
    }

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
