namespace Support.FunctionsHost.App;

/// <summary>host.json of a custom handler. Keys of other parts of the host are known and passed over; unknown ones are refused.</summary>
internal static class HostFileReader
{
    public const string Name = "host.json";

    private static readonly TimeSpan StandardTimeout = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHidden = TimeSpan.FromDays(7);

    public static HostFile Read(string folder)
    {
        var file = JsonSource.Read(folder, Name);
        file.Allow("$schema", "version", "extensionBundle", "aggregator", "functions", "functionTimeout", "healthMonitor", "languageWorker", "logging", "managedDependency", "retry", "customHandler",
            "singleton", "watchDirectories", "watchFiles", "extensions", "concurrency", "sendCanceledInvocationsToWorker", "telemetryMode", "configurationProfile");
        if (file.Text("version") is not "2.0" and var version)
            throw file.Wrong("version", $"is '{version}'; it must be \"2.0\"");
        if (file.Has("functions") || file.Has("retry"))
            throw file.Wrong(file.Has("functions") ? "functions" : "retry", "changes what the host does in a way that this stand-in does not follow. Leave it out");
        if (file.Object("extensionBundle") is { } bundle)
        {
            bundle.Allow("id", "version");
            bundle.Text("id");
            bundle.Text("version");
        }

        var extensions = file.Object("extensions");
        extensions?.Allow("http", "queues", "sendGrid", "serviceBus", "eventHubs", "durableTask", "cosmosDB", "blobs", "mcp");
        var handler = file.Object("customHandler") ?? throw file.Wrong("customHandler", "is missing: this app would have no handler");
        var description = Handler(handler);
        return new HostFile(
            Timeout(file),
            description.Text("defaultExecutablePath"),
            string.Join(' ', description.Texts("arguments")),
            description.OptionalText("workingDirectory"),
            handler.Flag("enableProxyingHttpRequest", standard: false),
            RoutePrefix(extensions?.Object("http")),
            Queues(extensions?.Object("queues")));
    }

    private static JsonSource Handler(JsonSource handler)
    {
        handler.Allow("description", "enableForwardingHttpRequest", "enableProxyingHttpRequest", "http", "port");
        if (handler.Object("http") is { } http)
        {
            http.Allow("defaultAuthorizationLevel", "routes");
            if (http.Has("routes"))
                throw http.Wrong("routes", "stops the host as soon as there is a function.json. Write the routes there");
        }

        if (handler.Has("port"))
            throw handler.Wrong("port", "fixes a port that two instances on one machine would fight for. Leave it out and read FUNCTIONS_CUSTOMHANDLER_PORT");
        var description = handler.Object("description") ?? throw handler.Wrong("description", "is missing");
        description.Allow("defaultExecutablePath", "workingDirectory", "arguments");
        return description;
    }

    private static TimeSpan? Timeout(JsonSource file) =>
        file.OptionalText("functionTimeout") == "-1" ? null : file.Time("functionTimeout", StandardTimeout, TimeSpan.FromSeconds(1), LongestTimeout);

    private static string RoutePrefix(JsonSource? http)
    {
        http?.Allow("routePrefix", "maxConcurrentRequests", "maxOutstandingRequests", "dynamicThrottlesEnabled", "hsts", "customHeaders");
        return (http?.OptionalText("routePrefix") ?? "api").Trim('/');
    }

    private static QueueSettings Queues(JsonSource? queues)
    {
        var (longest, hidden, batch, threshold, most, encoding) = (TimeSpan.FromMinutes(1), TimeSpan.Zero, 16, -1, 5, "base64");
        if (queues is not null)
        {
            queues.Allow("maxPollingInterval", "visibilityTimeout", "batchSize", "maxDequeueCount", "newBatchThreshold", "messageEncoding");
            longest = queues.Time("maxPollingInterval", longest, QueueSettings.ShortestPause, TimeSpan.FromDays(1));
            hidden = queues.Time("visibilityTimeout", hidden, TimeSpan.Zero, LongestHidden);
            batch = queues.Number("batchSize", batch, 1, 32);
            threshold = queues.Number("newBatchThreshold", threshold, 0, 1000);
            most = queues.Number("maxDequeueCount", most, 1, 1000);
            encoding = queues.Choice("messageEncoding", encoding, "base64", "none");
        }

        return new QueueSettings(longest, hidden, batch, threshold < 0 ? batch / 2 : threshold, most, encoding == "base64");
    }
}
