using System.Diagnostics;
using System.Text.RegularExpressions;
using Support.Contracts;

namespace Support.Tests.FunctionsHost;

/// <summary>The stand-in as a program of its own.</summary>
public sealed partial class ExecutableTests
{
    private readonly AppFolder _folder = new AppFolder().Http("echo", "echo/{*rest}").Http("exit", "exit/{code}");

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_takes_its_handler_along_however_it_ends(string signal)
    {
        using var host = await StartAsync(heeds: signal == "INT" ? signal : null);
        Assert.True(Alive.Is(host.HandlerPid));
        using (var kill = Process.Start("kill", [$"-{signal}", host.Process.Id.ToString()]))
            await kill.WaitForExitAsync();
        await host.Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await Eventually.HoldsAsync(() => !Alive.Is(host.HandlerPid), "the handler is gone");
        Assert.Equal(signal == "KILL" ? 137 : 0, host.Process.ExitCode);
    }

    [Fact]
    public async Task It_ends_when_its_watched_input_ends()
    {
        using var host = await StartAsync("--watch-stdin");
        host.Process.StandardInput.Close();
        await host.Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, host.Process.ExitCode);
        Assert.False(Alive.Is(host.HandlerPid));
    }

    [Fact]
    public async Task It_says_where_it_listens_and_serves_there_and_ends_with_1_when_it_gives_up()
    {
        using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        for (var i = 0; i < 3; i++)
        {
            (await client.GetAsync("echo/a")).EnsureSuccessStatusCode();
            await client.PostAsync("exit/3", new StringContent("now"));
        }

        await host.Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, host.Process.ExitCode);
    }

    [Theory]
    [InlineData("", "--app is missing")]
    [InlineData("--app /nowhere-at-all", "The app folder /nowhere-at-all is not there.")]
    [InlineData("--port x", "'--port' is not understood")]
    public async Task It_says_what_is_wrong(string arguments, string expected)
    {
        using var process = Start(arguments);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Equal(1, process.ExitCode);
    }

    private async Task<Started> StartAsync(string more = "", string? heeds = null)
    {
        var process = Start($"--app {_folder.Save()} --port 0 {more}", heeds);
        var ready = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("ready http://127.0.0.1:", ready, StringComparison.Ordinal);
        // What else it says must be read, or it would wait for its pipe.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new Started(process, ready!["ready ".Length..], Child(process.Id));
    }

    /// <param name="heeds">A signal that these tests themselves may have been started to ignore, as a shell's background jobs ignore INT: a child inherits that.</param>
    private static Process Start(string arguments, string? heeds = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Support.FunctionsHost");
        var start = heeds is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("env", $"--default-signal={heeds} {program} {arguments}");
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return Process.Start(start)!;
    }

    private static int Child(int parent) => Directory.GetDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
        .Select(folder => (Pid: int.Parse(Path.GetFileName(folder)), Stat: Read(Path.Combine(folder, "stat"))))
        .Single(process => Parent().Match(process.Stat) is { Success: true } match && match.Groups["parent"].Value == parent.ToString())
        .Pid;

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"\) [A-Z] (?<parent>\d+) ")]
    private static partial Regex Parent();

    private sealed record Started(Process Process, string Url, int HandlerPid) : IDisposable
    {
        public void Dispose()
        {
            if (!Process.HasExited)
                Process.Kill();
            Process.Dispose();
        }
    }
}
