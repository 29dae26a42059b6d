using System.Globalization;
using Support.Server.FunctionApps;
using Support.Server.Supervisor;

namespace Support.Server.Commands;

/// <summary>What <c>up</c> is asked for.</summary>
/// <param name="Database">Connection string of a database of the user's; null for the private one.</param>
/// <param name="Samples">Folder of documents for trying it out; null when there is none.</param>
/// <param name="Functions">The desk as two function apps instead of one process; null as a rule.</param>
/// <param name="WithScriptedModel">Language models are played by scripts, so that what the desk does with them can be seen without an account.</param>
internal sealed record UpOptions(int Port, string Data, string? Database, string? Samples, FunctionAppsOptions? Functions, bool WithScriptedModel)
{
    public const string DefaultData = ".local";

    public static UpOptions Parse(string[] args)
    {
        var line = CommandLine.Parse("up", args, ["--port", "--data", "--database", "--samples", "--apps", "--functions-host", "--azurite"], ["--with-scripted-model"]);
        if (line.Words.Count > 0)
            throw new UsageException($"`up` does not know what to do with {line.Words[0]}. It takes: --port N, --data DIR, --database URL, --with-scripted-model.");

        var port = line["--port"] ?? EnvironmentSetting.Read("WEB_PORT") ?? "8080";
        return new UpOptions(
            int.TryParse(port, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
                ? number
                : throw new UsageException($"`up --port` wants a number from 1 to 65535, and got {port}."),
            line["--data"] ?? DefaultData,
            line["--database"] is { } url ? DatabaseAddress.Parse(url) : DatabaseAddress.FromEnvironment(),
            SamplesIn(line["--samples"]),
            FunctionsIn(line),
            line.Has("--with-scripted-model"));
    }

    private static FunctionAppsOptions? FunctionsIn(CommandLine line) => (line["--apps"], line["--functions-host"], line["--azurite"]) switch
    {
        (null, null, null) => null,
        ({ } apps, { } host, { } azurite) => new FunctionAppsOptions(Path.GetFullPath(apps), Path.GetFullPath(host), Path.GetFullPath(azurite)),
        _ => throw new UsageException("`up` runs function apps with all three of --apps DIR, --functions-host FILE and --azurite DIR; `dotnet run dev.cs up --functions` gives them."),
    };

    private static string? SamplesIn(string? given)
    {
        if (given is not null && !Directory.Exists(given))
            throw new UsageException($"`up --samples` wants a folder, and {given} is none.");

        var shipped = Path.Combine(AppContext.BaseDirectory, "samples");
        return given ?? (Directory.Exists(shipped) ? shipped : null);
    }
}
