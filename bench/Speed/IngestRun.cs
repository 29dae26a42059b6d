using System.Diagnostics;

namespace Support.Bench.Speed;

/// <summary>A whole corpus is handed in; the time runs until a question about it is answered.</summary>
internal static class IngestRun
{
    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        await using var desk = await BenchDesk.StartAsync(options, cancellation);
        var corpus = Corpus.Open(options.Data);
        var bytes = corpus.Bytes(int.MaxValue);

        var begun = Stopwatch.GetTimestamp();
        var report = await desk.UploadAsync("corpus.jsonl", bytes, cancellation);
        var published = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var answer = await desk.AskAsync(corpus.Questions[0], cancellation);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (answer.GetProperty("passages").GetArrayLength() == 0)
            throw new InvalidOperationException($"The corpus was taken, but nothing was found for its first question. The desk says: {desk.Process.Output}");
        await progress.WriteLineAsync($"ingest: {seconds:F2} s");

        var documents = report.GetProperty("records").GetInt32();
        return new Measured(seconds, new Dictionary<string, object?>
        {
            ["seconds"] = Math.Round(seconds, 2),
            ["documents_per_second"] = Math.Round(documents / seconds),
            ["documents"] = documents,
            ["chunks"] = report.GetProperty("chunks").GetInt32(),
            ["megabytes"] = Math.Round(bytes.Length / 1048576.0, 1),
            ["published_after_seconds"] = Math.Round(published, 2),
            ["corpus"] = corpus.Name,
            ["rss_mb"] = Machine.ResidentMb(desk.Process.Pid),
            ["peak_rss_mb"] = Machine.PeakMb(desk.Process.Pid),
        });
    }
}
