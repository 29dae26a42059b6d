using Support.Contracts;

namespace Support.Tests.Scripts;

/// <summary>Runs a hook with programs of the test's making in front of the real ones.</summary>
internal sealed class HookRun
{
    private readonly string _programs = TestFolders.New("programs");

    /// <summary>What a program of the test's making leaves behind: $KEPT is this folder.</summary>
    public string Kept { get; } = TestFolders.New("kept");

    public Dictionary<string, string?> Environment { get; } = [];

    public void Stand(string program, string body)
    {
        var file = Path.Combine(_programs, program);
        File.WriteAllText(file, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public async Task<ProgramRun> RunAsync(string hook)
    {
        var environment = new Dictionary<string, string?>(Environment)
        {
            ["KEPT"] = Kept,
            ["PATH"] = _programs + ":" + System.Environment.GetEnvironmentVariable("PATH"),
        };
        return await ProgramRun.OfAsync("sh", [Repository.PathOf($"infra/hooks/{hook}")], environment: environment);
    }
}
