using System.Text.RegularExpressions;
using Support.FunctionsHost.Timers;

namespace Support.FunctionsHost.App;

/// <summary>A function.json. The published schema lets nearly everything pass, so these checks are this project's own.</summary>
internal static partial class FunctionFileReader
{
    public const string Name = "function.json";

    private const string StandardConnection = "AzureWebJobsStorage";

    private static readonly string[] Methods = ["get", "post", "delete", "head", "patch", "put", "options", "trace"];

    /// <returns>Null for a function that is disabled.</returns>
    public static FunctionFile? Read(string folder, HostFile host, AppSettings settings)
    {
        var name = Path.GetFileName(folder);
        var file = JsonSource.Read(folder, Name);
        if (!FunctionName().IsMatch(name) || name.Equals("host", StringComparison.OrdinalIgnoreCase))
            throw file.Wrong("", $"lies in the folder '{name}', which is no function name: a letter, then at most 127 letters, digits, _ or -, and not 'host'");
        file.Allow("$schema", "bindings", "disabled", "excluded", "scriptFile", "entryPoint", "configurationSource");
        var bindings = file.Objects("bindings");
        foreach (var binding in bindings)
            CheckNames(binding);
        if (bindings.GroupBy(b => b.Text("name"), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw file.Wrong("bindings", $"has the name '{twice.Key}' twice");

        var triggers = bindings.Where(b => b.Text("type").EndsWith("Trigger", StringComparison.Ordinal)).ToList();
        if (triggers is not [var trigger])
            throw file.Wrong("bindings", $"has {triggers.Count} triggers; a function has exactly one");
        if (file.Flag("disabled", standard: false) || file.Flag("excluded", standard: false))
            return null;

        var outputs = bindings.Where(b => b.Text("type") == "queue").Select(b => Output(name, b, settings)).ToList();
        var answers = bindings.Count(b => b.Text("type") == "http");
        if (trigger.Text("type") == "httpTrigger")
            CheckProxied(file, host, answers, outputs.Count);
        else if (answers > 0)
            throw file.Wrong("bindings", "has an http output without an httpTrigger: nobody waits for that answer");
        return new FunctionFile(name, Trigger(name, trigger, settings), outputs);
    }

    private static void CheckNames(JsonSource binding)
    {
        if (!BindingName().IsMatch(binding.Text("name")))
            throw binding.Wrong("name", $"is '{binding.Text("name")}'; it must be a letter, then at most 127 letters, digits or _, or $return");
        var (direction, own) = binding.Text("type") switch
        {
            "httpTrigger" => ("in", new[] { "authLevel", "methods", "route" }),
            "http" => ("out", []),
            "queueTrigger" => ("in", ["queueName", "connection"]),
            "queue" => ("out", ["queueName", "connection"]),
            "timerTrigger" => ("in", ["schedule", "runOnStartup", "useMonitor"]),
            var other => throw binding.Wrong("type", $"is '{other}'; known here are: httpTrigger, http, queueTrigger, queue, timerTrigger"),
        };
        binding.Allow(["name", "type", "direction", .. own]);
        if (binding.Text("direction") != direction)
            throw binding.Wrong("direction", $"is '{binding.Text("direction")}'; for {binding.Text("type")} it must be '{direction}'");
    }

    private static void CheckProxied(JsonSource file, HostFile host, int answers, int outputs)
    {
        if (answers != 1 || outputs > 0)
            throw file.Wrong("bindings", $"has {answers} http and {outputs} queue outputs beside its httpTrigger. Only a function with exactly one http output and no other is proxied; the envelope of another is documented nowhere");
        if (!host.ProxiesHttp)
            throw file.Wrong("bindings", $"has an httpTrigger, but {HostFileReader.Name} does not set customHandler.enableProxyingHttpRequest; the envelope of such a function is documented nowhere");
    }

    private static Trigger Trigger(string function, JsonSource trigger, AppSettings settings) => trigger.Text("type") switch
    {
        "httpTrigger" => new Trigger.Http(Route(function, trigger), HttpMethods(trigger), trigger.Choice("authLevel", "function", "anonymous", "function", "admin") == "anonymous"),
        "queueTrigger" => new Trigger.Queue(trigger.Text("name"), QueueName(function, trigger, settings), trigger.OptionalText("connection") ?? StandardConnection),
        _ => new Trigger.Timer(trigger.Text("name"), TimerSchedule(function, trigger, settings), trigger.Flag("runOnStartup", standard: false), trigger.Flag("useMonitor", standard: true)),
    };

    private static QueueOutput Output(string function, JsonSource binding, AppSettings settings) =>
        new(binding.Text("name"), QueueName(function, binding, settings), binding.OptionalText("connection") ?? StandardConnection);

    private static string Route(string function, JsonSource trigger)
    {
        var route = trigger.OptionalText("route") ?? function;
        if (route.StartsWith('/') || route.StartsWith('~'))
            throw trigger.Wrong("route", $"is '{route}'; it must not begin with / or ~: host.json's routePrefix comes before it");
        if (route.StartsWith("admin", StringComparison.OrdinalIgnoreCase) || route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase))
            throw trigger.Wrong("route", $"is '{route}'; routes that begin with admin or runtime belong to the host");
        return route.Trim('/');
    }

    private static string[] HttpMethods(JsonSource trigger)
    {
        var methods = trigger.Texts("methods");
        if (trigger.Has("methods") && methods.Count == 0)
            throw trigger.Wrong("methods", "is empty; leave it out to take all");
        if (methods.FirstOrDefault(method => !Methods.Contains(method, StringComparer.OrdinalIgnoreCase)) is { } wrong)
            throw trigger.Wrong("methods", $"holds '{wrong}'; known are: {string.Join(", ", Methods)}");
        return [.. methods.Select(method => method.ToUpperInvariant())];
    }

    private static string QueueName(string function, JsonSource binding, AppSettings settings)
    {
        var name = settings.Resolve($"Function {function}", binding.Text("queueName"));
        return QueueNameForm().IsMatch(name) ? name : throw binding.Wrong("queueName", $"is '{name}'; a queue's name has 3 to 63 of a-z, 0-9 and single -, and begins and ends with a letter or digit");
    }

    private static Schedule TimerSchedule(string function, JsonSource trigger, AppSettings settings)
    {
        try
        {
            return Schedule.Parse(settings.Resolve($"Function {function}", trigger.Text("schedule")));
        }
        catch (FormatException e)
        {
            throw trigger.Wrong("schedule", e.Message);
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_\-]{0,127}\z", RegexOptions.IgnoreCase)]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9_]{0,127}|\$return)\z")]
    private static partial Regex BindingName();

    [GeneratedRegex(@"^(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex QueueNameForm();
}
