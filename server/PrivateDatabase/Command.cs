using System.Diagnostics;
using System.Text;

namespace Support.Server.PrivateDatabase;

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    public string LastLines(int count) =>
        string.Join(" | ", Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(count));
}

/// <summary>Runs a program to its end and keeps what it wrote.</summary>
internal static class Command
{
    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
        process.StandardInput.Close();
        var output = new StringBuilder();
        void Keep(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }

        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (output)
            return new CommandResult(process.ExitCode, output.ToString());
    }
}
