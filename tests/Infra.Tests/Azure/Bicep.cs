using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Support.Tests.Azure;

/// <summary>Bicep's own compiler: it knows every resource type's properties, and can work out what a deployment would make.</summary>
internal static class Bicep
{
    private static readonly string Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Bicep").Value!;

    private static readonly Lazy<Task<(string File, ProgramRun Run)>> Compiled = new(CompileAsync);

    /// <summary>infra/main.bicep as the template that Azure is sent, and what the compiler said.</summary>
    public static Task<(string File, ProgramRun Run)> MainAsync() => Compiled.Value;

    public static async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Program), "Bicep's compiler is a package for Linux on x64.");
        // Files of packages may come without the right to be run.
        File.SetUnixFileMode(Program, File.GetUnixFileMode(Program) | UnixFileMode.UserExecute);
        return await ProgramRun.OfAsync(Program, arguments);
    }

    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<JsonNode>>>> Predicted = new(StringComparer.Ordinal);

    /// <summary>The resources that `azd up` would ask for with these parameters in place of the defaults of <see cref="Parameters"/>.</summary>
    public static Task<IReadOnlyList<JsonNode>> PredictAsync(IReadOnlyDictionary<string, string> parameters) =>
        Predicted.GetOrAdd(string.Join('\n', parameters.Select(pair => $"{pair.Key}={pair.Value}")), _ => new(() => WorkOutAsync(parameters))).Value;

    private static async Task<IReadOnlyList<JsonNode>> WorkOutAsync(IReadOnlyDictionary<string, string> parameters)
    {
        var (template, _) = await MainAsync();
        var file = Path.Combine(Contracts.TestFolders.New("bicep"), "desk.bicepparam");
        var values = Parameters.Select(given => $"param {given.Key} = {(parameters.TryGetValue(given.Key, out var other) ? other : given.Value)}");
        await File.WriteAllLinesAsync(file, [$"using '{Path.GetRelativePath(Path.GetDirectoryName(file)!, template)}'", .. values]);
        var run = await RunAsync("snapshot", file, "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString().Replace('0', '1'), "--location", "westeurope");
        Assert.Equal((0, ""), (run.Exit, run.Errors));
        var snapshot = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(file, ".snapshot.json")))!;
        Assert.Empty(snapshot["diagnostics"]!.AsArray());
        return [.. snapshot["predictedResources"]!.AsArray().Select(resource => resource!)];
    }

    private static async Task<(string File, ProgramRun Run)> CompileAsync()
    {
        var file = Path.Combine(Contracts.TestFolders.New("bicep"), "main.json");
        return (file, await RunAsync("build", Repository.PathOf("infra/main.bicep"), "--outfile", file));
    }

    private static readonly IReadOnlyDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["environmentName"] = "'desk'",
        ["location"] = "'westeurope'",
        ["size"] = "'dev'",
        ["alertEmail"] = "'owner@example.com'",
        ["monthlyBudget"] = "100",
        ["budgetStart"] = "'2026-01-01'",
        ["qdrant"] = "'containerApp'",
        ["qdrantVolume"] = "'EmptyDir'",
        ["qdrantUrl"] = "''",
        ["openAi"] = "false",
        ["publicUrl"] = "''",
        ["tenant"] = "'default'",
        ["telegramToken"] = "'token'",
        ["masterKey"] = "'master'",
        ["uploadKey"] = "'upload'",
        ["ownerCode"] = "'code'",
        ["databaseAdminPassword"] = "'admin'",
        ["databasePassword"] = "'password'",
        ["qdrantApiKey"] = "'key'",
    };
}
