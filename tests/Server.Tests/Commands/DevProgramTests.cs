using System.Diagnostics;
using Support.Contracts;
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

    [Fact]
    public async Task The_program_is_built_only_when_its_sources_have_changed_and_told_where_the_desk_is()
    {
        var root = TestFolders.New("dev");
        File.Copy(Path.Combine(Root(), "dev.cs"), Path.Combine(root, "dev.cs"));
        File.Copy(Path.Combine(Root(), "global.json"), Path.Combine(root, "global.json"));
        await File.WriteAllTextAsync(Path.Combine(root, "Directory.Build.props"), "<Project><PropertyGroup><ArtifactsPath>$(MSBuildThisFileDirectory)artifacts</ArtifactsPath></PropertyGroup></Project>");
        Directory.CreateDirectory(Path.Combine(root, "server"));
        await File.WriteAllTextAsync(Path.Combine(root, "server", "Support.Server.csproj"),
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");
        var program = Path.Combine(root, "server", "Program.cs");
        await File.WriteAllTextAsync(program, """System.Console.WriteLine(string.Join('|', args));""");
        const string Building = "Building server/Support.Server.csproj";

        var first = await RunAsync(["ask", "why?"], root);
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Contains(Building, first.Output, StringComparison.Ordinal);
        Assert.Contains($"ask|why?|--data|{Path.Combine(root, ".local")}", first.Output, StringComparison.Ordinal);

        var second = await RunAsync(["ingest", "a.md", "--data", "elsewhere"], root);
        Assert.DoesNotContain(Building, second.Output, StringComparison.Ordinal);
        Assert.Contains("ingest|a.md|--data|elsewhere", second.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(program, """System.Console.WriteLine("changed");""");
        var third = await RunAsync(["ask", "why?"], root);
        Assert.Contains(Building, third.Output, StringComparison.Ordinal);
        Assert.Contains("changed", third.Output, StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(string verb) => RunAsync([verb], Root());

    private static Task<CommandResult> RunAsync(string[] words, string root) =>
        Command.RunAsync(new ProcessStartInfo("dotnet", ["run", "dev.cs", .. words]) { WorkingDirectory = root }, CancellationToken.None);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "dev.cs")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no dev.cs above the tests.");
        return folder;
    }
}
