using System.ComponentModel;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Retrieval;

namespace Support.Bench.Speed.Search;

/// <summary>
/// Other search engines on the same chunks and questions: any of a question's words, the best fifty by their BM25. Each is a script for a program that may be on the
/// machine or not; the desk depends on none of them. They run one after another on the core that this process has, which their processes inherit.
/// </summary>
internal static class SearchPeers
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Scripts => Path.Combine(Repository.Root, "bench", "Speed", "Search", "Peers");

    private static string Modules => Path.Combine(Repository.Root, "artifacts", "peers", "node_modules");

    public static async Task<JsonObject> MeasureAsync(IEnumerable<IndexedChunk> chunks, IReadOnlyList<string> questions, TextWriter progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("support-bench-");
        try
        {
            var corpus = Path.Combine(folder.FullName, "chunks.jsonl");
            var asked = Path.Combine(folder.FullName, "questions.jsonl");
            await File.WriteAllLinesAsync(corpus, chunks.Select(chunk => JsonSerializer.Serialize(new { title = chunk.Title, text = chunk.Text }, Json)), cancellation);
            await File.WriteAllLinesAsync(asked, questions.Select(question => JsonSerializer.Serialize(new { text = question }, Json)), cancellation);
            var limit = StageOne.Candidates.ToString();
            await progress.WriteLineAsync("peers: SQLite FTS5, MiniSearch");
            return new JsonObject
            {
                ["sqlite_fts5"] = await RunAsync("python3", [Path.Combine(Scripts, "fts5.py"), corpus, asked, limit], "apt-get install python3", cancellation),
                ["minisearch"] = Directory.Exists(Path.Combine(Modules, "minisearch"))
                    ? await RunAsync(
                        "node", ["--expose-gc", "--max-old-space-size=8192", Path.Combine(Scripts, "minisearch.mjs"), corpus, asked, limit, Modules], "apt-get install nodejs", cancellation)
                    : Missing("npm install --prefix artifacts/peers minisearch"),
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<JsonNode?> RunAsync(string program, string[] arguments, string install, CancellationToken cancellation)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? JsonNode.Parse(output) : $"failed: {(await errors).Split('\n').FirstOrDefault(line => line.Contains("rror", StringComparison.Ordinal)) ?? "no word why"}";
        }
        catch (Win32Exception)
        {
            return Missing(install);
        }
    }

    private static JsonNode Missing(string install) => $"not installed: {install}";
}
