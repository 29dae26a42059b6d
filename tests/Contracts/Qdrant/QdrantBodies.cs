using System.Diagnostics;
using System.Text.Json;
using Support.QdrantStandIn;

namespace Support.Contracts.Qdrant;

/// <summary>Checks every call that tests make against the part of Qdrant's own description that is kept beside the stand-in: one node process for all tests.</summary>
public static class QdrantBodies
{
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static readonly Lazy<Process> Node = new(Start);

    /// <returns>What does not fit; null when all does.</returns>
    public static async Task<string?> CheckAsync(CalledWith call)
    {
        var line = JsonSerializer.Serialize(new
        {
            method = call.Method,
            path = call.Path,
            body = call.Body is null ? (JsonElement?)null : JsonElement.Parse(call.Body),
        });
        await OneAtATime.WaitAsync();
        try
        {
            await Node.Value.StandardInput.WriteLineAsync(line);
            await Node.Value.StandardInput.FlushAsync();
            var answer = await Node.Value.StandardOutput.ReadLineAsync();
            return answer switch
            {
                "ok" => null,
                null => throw new InvalidOperationException($"node ended: {await Node.Value.StandardError.ReadToEndAsync()} (`dotnet run dev.cs test` installs what it needs)"),
                _ => answer,
            };
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static Process Start()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "dev.cs")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("There is no dev.cs above the tests.");
        var tools = Path.Combine(root, "tests", "tools");
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(tools, "check-bodies.mjs"), Path.Combine(root, "tests", "QdrantStandIn", "qdrant-openapi-subset.json")])
        {
            WorkingDirectory = tools,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // Ends by itself when its input ends with this process; this only hastens it.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        return process;
    }
}
