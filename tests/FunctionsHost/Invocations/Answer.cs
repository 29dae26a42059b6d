using System.Text.Json;
using Support.FunctionsHost.App;

namespace Support.FunctionsHost.Invocations;

/// <summary>What the host makes of a handler's answer to an envelope.</summary>
internal abstract record Answer
{
    private Answer()
    {
    }

    /// <param name="Messages">To be written before the invocation counts as done.</param>
    public sealed record Success(IReadOnlyList<(QueueOutput Output, string Text)> Messages, IReadOnlyList<string> Logs) : Answer;

    public sealed record Failure(string Why) : Answer;

    /// <summary>The invocation is never completed: it goes on until functionTimeout.</summary>
    public sealed record Hang(string Why) : Answer;

    /// <param name="mediaType">Without parameters; null if there was none.</param>
    public static Answer Read(FunctionFile function, int status, string? mediaType, ReadOnlyMemory<byte> body)
    {
        if (status is < 200 or > 299)
            return new Failure($"the handler answered {status}");
        if (body.Length == 0)
            return new Hang($"the handler answered {status} with an empty body, which completes nothing");
        if (!string.Equals(mediaType, "application/json", StringComparison.OrdinalIgnoreCase))
            return new Failure($"the handler answered {status} with {mediaType ?? "no content type"}; it must be application/json");
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Null => new Hang($"the handler answered {status} with null, which completes nothing"),
                JsonValueKind.Object => Read(function, document.RootElement),
                var kind => new Failure($"the handler answered {status} with JSON that is {kind}; it must be an object"),
            };
        }
        catch (JsonException e)
        {
            return new Failure($"the handler answered {status} with a body that is no JSON: {e.Message}");
        }
    }

    private static Answer Read(FunctionFile function, JsonElement answer)
    {
        var (messages, logs) = (new List<(QueueOutput, string)>(), new List<string>());
        foreach (var property in answer.EnumerateObject())
        {
            var wrong = property.Name.ToUpperInvariant() switch
            {
                "OUTPUTS" => OutputValues.Read(function, property.Value, messages),
                "RETURNVALUE" => OutputValues.ReadReturn(function, property.Value, messages),
                "LOGS" => ReadLogs(property.Value, logs),
                _ => null,
            };
            if (wrong is not null)
                return new Failure(wrong);
        }

        return new Success(messages, logs);
    }

    private static string? ReadLogs(JsonElement value, List<string> logs)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(line => line.ValueKind != JsonValueKind.String))
            return "the answer's Logs is no list of texts";
        logs.AddRange(value.EnumerateArray().Select(line => line.GetString()!));
        return null;
    }
}
