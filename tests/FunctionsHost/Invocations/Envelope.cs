using Support.FunctionsHost.Queues;

namespace Support.FunctionsHost.Invocations;

/// <summary>The bodies of invocations, in the order of the captured samples.</summary>
internal static class Envelope
{
    public static string OfMessage(string function, string binding, QueueMessage message, string text, Guid random, DateTimeOffset now)
    {
        // The names keep the case in which they came first; the values are JSON already.
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["DequeueCount"] = HostJson.Number(message.DequeueCount),
            ["ExpirationTime"] = HostJson.Local(message.ExpirationTime),
            ["Id"] = HostJson.Doubly(message.Id),
            ["InsertionTime"] = HostJson.Local(message.InsertionTime),
            ["NextVisibleTime"] = HostJson.Local(message.NextVisibleTime),
            ["PopReceipt"] = HostJson.Doubly(message.PopReceipt),
            ["sys"] = Object(("MethodName", HostJson.Quoted(function)), ("RandGuid", HostJson.Quoted(random.ToString())), ("UtcNow", HostJson.Utc(now))),
        };
        MessageProperties.CopyInto(metadata, text);
        return Object(
            ("Data", Object((binding, HostJson.Doubly(text)))),
            ("Metadata", Object([.. metadata.Select(entry => (entry.Key, entry.Value))])));
    }

    /// <param name="status">Null where the schedule is not monitored.</param>
    public static string OfTimer(string function, string binding, TimerStatus? status, bool pastDue, Guid random, DateTimeOffset now) => Object(
        ("Data", Object((binding, Object(
            ("Schedule", Object(("AdjustForDST", "true"))),
            ("ScheduleStatus", status is null ? "null" : Status(status)),
            ("IsPastDue", pastDue ? "true" : "false"))))),
        ("Metadata", Object(
            ("sys", Object(("MethodName", HostJson.Quoted(function)), ("UtcNow", HostJson.Utc(now)), ("RandGuid", HostJson.Quoted(random.ToString())))))));

    private static string Status(TimerStatus status) => Object(
        ("Last", status.Last is { } last ? HostJson.Local(last) : "\"0001-01-01T00:00:00\""),
        ("Next", HostJson.Local(status.Next)),
        ("LastUpdated", HostJson.Local(status.LastUpdated)));

    private static string Object(params ReadOnlySpan<(string Name, string Json)> properties)
    {
        var parts = new string[properties.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = $"{HostJson.Quoted(properties[i].Name)}:{properties[i].Json}";
        return $"{{{string.Join(',', parts)}}}";
    }
}

/// <param name="Last">Null if it never fired: year 1 in the envelope.</param>
internal sealed record TimerStatus(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated);
