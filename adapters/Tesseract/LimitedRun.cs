using System.Diagnostics;
using System.Text;

namespace Support.Tesseract;

/// <summary>One run of a program: what goes in, what comes out, and an end to it.</summary>
/// <param name="Output">What it wrote; cut when that was far too much.</param>
internal sealed record LimitedRun(int ExitCode, string Output)
{
    // A picture full of small print makes some 300,000.
    private const int MostCharacters = 4_000_000;

    /// <returns>Null when it did not end in time.</returns>
    public static async Task<LimitedRun?> RunAsync(ProcessStartInfo command, ReadOnlyMemory<byte> input, TimeSpan limit, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        using var process = new Process { StartInfo = command };
        process.Start();
        // Ends the reading and writing below, too: the pipes close.
        await using var end = time.Token.Register(() => End(process));
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            var output = ReadAsync(process);
            await WriteAsync(process, input);
            var text = await output;
            await errors;
            await process.WaitForExitAsync(time.Token);
            time.Token.ThrowIfCancellationRequested();
            return new LimitedRun(process.ExitCode, text);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            End(process);
        }
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, CancellationToken.None);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says why.
        }
    }

    private static async Task<string> ReadAsync(Process process)
    {
        var text = new StringBuilder();
        var buffer = new char[16_384];
        for (int read; (read = await process.StandardOutput.ReadAsync(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MostCharacters)
                End(process);
        }
        return text.ToString();
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
