using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Support.Functions;
using Support.Replay;
using Support.Server.Supervisor;

namespace Support.Server.Commands;

/// <summary><c>replay FILE</c>: what the desk would do today with the questions of an export, beside what people answered then.</summary>
internal static class Replay
{
    public static async Task<int> RunAsync(string[] args)
    {
        var line = CommandLine.Parse("replay", args, ["--last", "--staff", "--data"], ["--json", "--label"]);
        if (line.Words is not [var file])
            throw new UsageException("`replay` wants one file, Telegram Desktop's result.json: replay FILE [--last N] [--staff NAME]… [--label|--json] [--data DIR].");
        if (line.Has("--json") && line.Has("--label"))
            throw new UsageException("`replay` takes --json, which is for programs, or --label, which asks you; not both.");
        if (line.Has("--label") && Console.IsInputRedirected)
            throw new UsageException("`replay --label` asks you, and nobody can answer where its input is a pipe. Leave --label away, or run it in a terminal.");
        if (line["--last"] is { } last && !int.TryParse(last, CultureInfo.InvariantCulture, out _))
            throw new UsageException($"`replay --last` wants a number, and got {last}.");

        using var stop = new StopSignal();
        using var client = Web.Client();
        var desk = RunningDesk.Find(line["--data"]);
        var body = await ReplayAsync(client, desk, file, line, stop.Token);
        if (line.Has("--json"))
        {
            Console.WriteLine(body);
            return 0;
        }

        var replayed = JsonSerializer.Deserialize(body, ReplayJson.Default.Replayed)!;
        ReplayReport.Show(replayed);
        if (line.Has("--label"))
            await new ReplayLabels(client, desk).AskAsync(replayed, stop.Token);
        return 0;
    }

    private static async Task<string> ReplayAsync(HttpMessageInvoker client, DeskFile desk, string path, CommandLine line, CancellationToken cancel)
    {
        try
        {
            await using var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.ReadWrite });
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{desk.Url}/replay?last={line["--last"]}{string.Concat(line.All("--staff").Select(name => "&staff=" + Uri.EscapeDataString(name)))}")
            {
                Content = new StreamContent(file),
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", desk.Key), ExpectContinue = true },
            };
            using var response = await client.SendAsync(request, cancel);
            var body = await response.Content.ReadAsStringAsync(cancel);
            return response.StatusCode == HttpStatusCode.OK ? body : throw new UpException(Refusal(body) ?? $"The desk at {desk.Url} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (HttpRequestException e)
        {
            throw new UpException($"The desk at {desk.Url} does not answer: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UpException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>What the desk says is wrong; null when it is not from the desk's own code.</summary>
    internal static string? Refusal(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
