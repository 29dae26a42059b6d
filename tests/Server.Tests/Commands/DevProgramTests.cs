using System.Diagnostics;
using Support.Server.PrivateDatabase;
using Xunit;

namespace Support.Tests.Commands;

public sealed class DevProgramTests
{
    [Fact]
    public async Task Help_lists_the_verbs_and_an_unknown_verb_does_too()
    {
        var help = await RunAsync("help");
        Assert.Equal(0, help.ExitCode);
        foreach (var verb in (string[])["up", "ingest", "ask", "backup", "restore", "test", "check", "eval", "bench", "publish"])
            Assert.Contains($"\n  {verb} ", help.Output, StringComparison.Ordinal);

        var unknown = await RunAsync("upp");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("There is no verb upp. There are: up,", unknown.Output, StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(string verb) =>
        Command.RunAsync(new ProcessStartInfo("dotnet", ["run", "dev.cs", verb]) { WorkingDirectory = Root() }, CancellationToken.None);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "dev.cs")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no dev.cs above the tests.");
        return folder;
    }
}
