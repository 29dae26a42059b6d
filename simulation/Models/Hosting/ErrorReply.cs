using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Support.Simulation.Models;

/// <summary>Errors in the form of OpenAI's, with texts that repeat what they should not, as real ones do.</summary>
internal sealed record ErrorReply(int Status, string Message, string? Type = "invalid_request_error", string? Code = null, string? Param = null)
{
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Null for what is no error by status.</summary>
    public static ErrorReply? Of(Misbehaviour? misbehaviour, ModelRequest request) => misbehaviour?.Trouble switch
    {
        Trouble.TooManyRequests => new ErrorReply(429, "Rate limit reached.", "requests", "rate_limit_exceeded"),
        Trouble.TooManyRequestsWithPause => new ErrorReply(429, "Rate limit reached.", "requests", "rate_limit_exceeded") { RetryAfter = misbehaviour.Pause },
        Trouble.NoCredit => new ErrorReply(429, "You exceeded your current quota.", "insufficient_quota", "insufficient_quota"),
        Trouble.ServerError => new ErrorReply(500, $"The server had an error while it read: {request.Asked}", "server_error"),
        Trouble.Filtered => new ErrorReply(400, $"The response was filtered: {request.Asked}", null, "content_filter", "prompt"),
        Trouble.TooLong => new ErrorReply(400, $"This model's maximum context length is 8192 tokens; you sent: {request.Asked}", Code: "context_length_exceeded", Param: "messages"),
        Trouble.WrongKey => WrongKey(request),
        Trouble.WrongModel => WrongModel(request),
        _ => null,
    };

    public static ErrorReply WrongKey(ModelRequest request) => new(401, $"Incorrect API key provided: {request.Key}.", Code: "invalid_api_key");

    public static ErrorReply WrongModel(ModelRequest request) => new(404, $"The model `{request.Model}` does not exist or you do not have access to it.", Code: "model_not_found");

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        if (RetryAfter is { } pause)
        {
            var whole = pause.TotalSeconds == Math.Floor(pause.TotalSeconds);
            context.Response.Headers[whole ? "retry-after" : "retry-after-ms"] = (whole ? pause.TotalSeconds : pause.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }
        var body = new JsonObject { ["error"] = new JsonObject { ["message"] = Message, ["type"] = Type, ["param"] = Param, ["code"] = Code } };
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
