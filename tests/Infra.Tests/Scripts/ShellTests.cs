namespace Support.Tests.Scripts;

public sealed class ShellTests
{
    public static TheoryData<string> Files() => [.. Repository.Files("infra", "*.sh")];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_script_parses_and_stops_at_the_first_failure(string file)
    {
        Assert.Equal((0, ""), await CheckAsync("bash", file));
        Assert.Equal((0, ""), await CheckAsync("sh", file));
        var lines = Repository.Read(file).Split('\n');
        Assert.Equal("#!/bin/sh", lines[0]);
        Assert.Contains("set -eu", lines);
        // What a script writes into files of its own holds secrets or answers with customers' words.
        Assert.True(!lines.Any(line => line.Contains("mktemp", StringComparison.Ordinal) || line.Contains("> desk", StringComparison.Ordinal)) || lines.Contains("umask 077"));
    }

    private static async Task<(int Exit, string Errors)> CheckAsync(string shell, string file)
    {
        var run = await ProgramRun.OfAsync(shell, ["-n", Repository.PathOf(file)]);
        return (run.Exit, run.Errors);
    }
}
