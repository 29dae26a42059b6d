using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;

namespace Support.Bench.Speed;

/// <summary>How soon `up` is ready where it ran before, and what the desk takes of the memory when it knows 6,000 chunks and has answered 200 questions.</summary>
internal static class StartRun
{
    /// <summary>Of the measured corpus these make 6,000 chunks.</summary>
    private const int Documents = 4_300;
    private const int Questions = 200;
    private const int Starts = 5;

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("support-bench-start-").FullName;
        try
        {
            var corpus = Corpus.Open(options.Data);
            double first;
            int chunks;
            await using (var up = await RunningUp.StartAsync(RunningUp.Server(folder), cancellation))
            {
                first = up.ReadyMs;
                chunks = await UploadAsync(folder, corpus, cancellation);
            }
            var ready = await ReadyAsync(RunningUp.Server(folder), cancellation);
            await progress.WriteLineAsync($"start: ready after {string.Join(", ", ready)} ms");
            var readyByScript = await ReadyAsync(RunningUp.Script(folder), cancellation);
            await progress.WriteLineAsync($"start: by dev.cs after {string.Join(", ", readyByScript)} ms");
            await using var last = await RunningUp.StartAsync(RunningUp.Server(folder), cancellation);
            await AskAsync(last.Port, corpus, cancellation);
            var desk = int.Parse(await File.ReadAllTextAsync(new DataFolder(folder).DeskProcess, cancellation));
            var median = ready.Order().ElementAt(Starts / 2);
            return new Measured(median, new Dictionary<string, object?>
            {
                ["ready_ms"] = median,
                ["rss_mb"] = Machine.ResidentMb(desk),
                ["peak_rss_mb"] = Machine.PeakMb(desk),
                ["supervisor_rss_mb"] = Machine.ResidentMb(last.Pid),
                ["ready_ms_all"] = ready,
                ["dev_cs_ready_ms"] = readyByScript.Order().ElementAt(Starts / 2),
                ["dev_cs_ready_ms_all"] = readyByScript,
                ["first_run_ready_ms"] = first,
                ["chunks"] = chunks,
                ["questions"] = Questions,
                ["corpus"] = corpus.Name,
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<double>> ReadyAsync(ProcessStartInfo command, CancellationToken cancellation)
    {
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            await using var up = await RunningUp.StartAsync(command, cancellation);
            times.Add(up.ReadyMs);
        }
        return times;
    }

    /// <returns>How many chunks it made.</returns>
    private static async Task<int> UploadAsync(string folder, Corpus corpus, CancellationToken cancellation)
    {
        var desk = DeskFile.Read(new DataFolder(folder)) ?? throw new InvalidOperationException($"`up` is ready, but there is no desk.json in {folder}.");
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, desk.Url + "/documents?name=corpus.jsonl")
        {
            Content = new ByteArrayContent(corpus.Bytes(Documents)),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", desk.Key) },
        };
        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("chunks").GetInt32();
    }

    /// <summary>In a chat of its own each, so many together as stay within the 30 messages a second of the one bot.</summary>
    private static async Task AskAsync(int port, Corpus corpus, CancellationToken cancellation)
    {
        using var http = Client();
        foreach (var together in Enumerable.Range(0, Questions).Chunk(20))
            await Task.WhenAll(together.Select(i => AskOneAsync(http, port, 8_000_000_000 + i, corpus.Questions[i % corpus.Questions.Count], cancellation)));
    }

    private static async Task AskOneAsync(HttpClient http, int port, long person, string question, CancellationToken cancellation)
    {
        var message = new { chat = person, from = new { id = person, first_name = "Ann" }, text = question };
        using var written = await http.PostAsJsonAsync($"http://127.0.0.1:{port}/sim/messages", message, cancellation);
        written.EnsureSuccessStatusCode();
        while (!await IsAnsweredAsync(http, port, person, cancellation))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellation);
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient http, int port, long chat, CancellationToken cancellation)
    {
        var messages = await http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/sim/messages?chat={chat}&after=0", cancellation);
        return messages.EnumerateArray().Any(message => message.GetProperty("from").GetProperty("is_bot").GetBoolean());
    }

    private static HttpClient Client() => new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromMinutes(5) };
}
