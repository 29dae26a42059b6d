using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Contracts;

namespace Support.Tests.FunctionsHost;

/// <summary>An app as it would be published, with the scripted handler.</summary>
internal sealed class AppFolder
{
    public static string Handler => System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Support.FunctionsHost.Handler.exe" : "Support.FunctionsHost.Handler");

    public AppFolder()
    {
        Host = (JsonObject)JsonNode.Parse(
            """
            {"version":"2.0","functionTimeout":"00:10:00","customHandler":{"description":{"defaultExecutablePath":""},"enableProxyingHttpRequest":true},
             "extensions":{"http":{"routePrefix":""},"queues":{"maxPollingInterval":"00:00:00.100","visibilityTimeout":"00:00:00","maxDequeueCount":5,"messageEncoding":"none"}}}
            """)!;
        Description["defaultExecutablePath"] = Handler;
    }

    public string Path { get; } = TestFolders.New("function-app");

    public JsonObject Host { get; }

    public JsonObject Description => (JsonObject)Host["customHandler"]!["description"]!;

    public JsonObject Queues => (JsonObject)Host["extensions"]!["queues"]!;

    public AppFolder Function(string name, string functionJson)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, name));
        File.WriteAllText(System.IO.Path.Combine(folder.FullName, "function.json"), functionJson);
        return this;
    }

    public AppFolder Http(string name, string route, string methods = """["get","post"]""", string level = "anonymous") => Function(name,
        $$"""{"bindings":[{"name":"req","type":"httpTrigger","direction":"in","authLevel":"{{level}}","route":"{{route}}","methods":{{methods}}},{"name":"res","type":"http","direction":"out"}]}""");

    /// <param name="output">A queue for the output "out", if any.</param>
    public AppFolder Queue(string name, string queue, string? output = null) => Function(name,
        $$"""{"bindings":[{"name":"msg","type":"queueTrigger","direction":"in","queueName":"{{queue}}"}{{(output is null ? "" : $$""", {"name":"out","type":"queue","direction":"out","queueName":"{{output}}"}""")}}]}""");

    public AppFolder Timer(string name, string schedule, bool onStartup = false) => Function(name,
        $$"""{"bindings":[{"name":"timer","type":"timerTrigger","direction":"in","schedule":"{{schedule}}","runOnStartup":{{(onStartup ? "true" : "false")}}}]}""");

    public string Save()
    {
        File.WriteAllText(System.IO.Path.Combine(Path, "host.json"), Host.ToJsonString(JsonSerializerOptions.Default));
        return Path;
    }
}
