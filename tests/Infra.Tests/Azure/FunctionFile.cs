using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Support.Jobs;

namespace Support.Tests.Azure;

/// <summary>The rules for a folder with a function.json, stricter than the published schema: what the host accepts and what the handler understands.</summary>
internal sealed partial record FunctionFile(string App, string Name, JsonNode Json)
{
    private static readonly string[] Methods = ["get", "post", "put", "delete"];

    public static IReadOnlyList<FunctionFile> All() =>
        [.. new[] { "functions", "ingestion" }.SelectMany(app => Repository.Files(app, "function.json"))
            .Select(file => new FunctionFile(file.Split('/')[0], string.Join('/', file.Split('/')[1..^1]), JsonNode.Parse(Repository.Read(file))!))];

    public JsonNode? Trigger => Json["bindings"]?.AsArray().FirstOrDefault(binding => ((string?)binding!["type"])?.EndsWith("Trigger", StringComparison.Ordinal) == true);

    public string? Queue => (string?)Trigger?["type"] == "queueTrigger" ? (string?)Trigger["queueName"] : null;

    public IEnumerable<string> Calls => (string?)Trigger?["type"] == "httpTrigger" ? Trigger["methods"]!.AsArray().Select(method => $"{method} {Trigger["route"]}") : [];

    public IEnumerable<string> Problems()
    {
        if (!FunctionName().IsMatch(Name) || Name.Equals("host", StringComparison.OrdinalIgnoreCase))
            yield return $"{Name} is no name of a function.";
        if (Json is not JsonObject { Count: 1 } || Json["bindings"] is not JsonArray bindings)
        {
            yield return "It holds something other than bindings.";
            yield break;
        }
        if (bindings.Count(binding => binding == Trigger) != 1 || bindings.Count(binding => ((string?)binding!["type"])?.EndsWith("Trigger", StringComparison.Ordinal) == true) != 1)
        {
            yield return "It has not exactly one trigger.";
            yield break;
        }
        if ((string?)Trigger!["direction"] != "in" || string.IsNullOrEmpty((string?)Trigger["name"]))
            yield return "Its trigger wants a name and the direction in.";
        foreach (var problem in (string)Trigger["type"]! switch
        {
            "httpTrigger" => Http(bindings),
            "queueTrigger" => QueueOnly(bindings),
            "timerTrigger" => Timer(bindings),
            var other => [$"{other} is no trigger the handler knows."],
        })
            yield return problem;
    }

    private IEnumerable<string> Http(JsonArray bindings)
    {
        if (!Has(Trigger!, "name", "type", "direction", "authLevel", "methods", "route"))
            yield return "Its httpTrigger holds other properties than name, type, direction, authLevel, methods and route.";
        // Anything else is an envelope and no proxied request.
        if (bindings.Count != 2 || bindings.Single(binding => binding != Trigger) is not { } output || (string?)output["type"] != "http" || (string?)output["direction"] != "out" || !Has(output, "name", "type", "direction"))
            yield return "Beside the httpTrigger it wants exactly one http output.";
        if ((string?)Trigger!["authLevel"] != "anonymous")
            yield return "Its authLevel is not anonymous: the desk checks its own keys.";
        if (Trigger["methods"] is not JsonArray { Count: > 0 } methods || methods.Any(method => !Methods.Contains((string?)method)))
            yield return $"Its methods are not some of {string.Join(", ", Methods)}.";
        if ((string?)Trigger["route"] is not { Length: > 0 } route || route.StartsWith('/') || Forbidden().IsMatch(route))
            yield return "Its route is empty, begins with /, admin or runtime, or catches everything.";
    }

    private IEnumerable<string> QueueOnly(JsonArray bindings)
    {
        if (bindings.Count != 1 || !Has(Trigger!, "name", "type", "direction", "queueName", "connection"))
            yield return "It wants one binding with name, type, direction, queueName and connection.";
        if (Queue is not { } queue || !Queues.All.Contains(queue.EndsWith("-poison", StringComparison.Ordinal) ? queue[..^"-poison".Length] : queue))
            yield return $"{Queue} is no queue of the desk.";
        if ((string?)Trigger!["connection"] != "AzureWebJobsStorage")
            yield return "Its connection is not AzureWebJobsStorage.";
    }

    private IEnumerable<string> Timer(JsonArray bindings)
    {
        if (bindings.Count != 1 || Trigger!.AsObject().Any(property => property.Key is not ("name" or "type" or "direction" or "schedule" or "useMonitor")))
            yield return "It wants one binding with name, type, direction, schedule and perhaps useMonitor.";
        if ((string?)Trigger!["schedule"] is not { } schedule || !Schedule().IsMatch(schedule))
            yield return "Its schedule has not six fields: second, minute, hour, day, month, weekday.";
    }

    private static bool Has(JsonNode binding, params string[] names) => binding.AsObject().Select(property => property.Key).Order().SequenceEqual(names.Order());

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,127}$", RegexOptions.IgnoreCase)]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"^(admin|runtime)(/|$)|\{\*", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"^[0-9*/,\-]+( [0-9*/,\-]+){4} ([0-9*/,\-]+|[A-Z][a-z]{2}(-[A-Z][a-z]{2})?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Schedule();
}
