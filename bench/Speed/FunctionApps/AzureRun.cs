using System.Diagnostics;

namespace Support.Bench.Speed.FunctionApps;

/// <summary>From the webhook to sendMessage through both function apps, three queues and their polling at 50 questions a second; then the same while either app is killed 30 times.</summary>
internal static class AzureRun
{
    private const int Documents = 4_300;
    private const int Rate = 50;
    private const int Kills = 30;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    /// <summary>A message whose handler died is hidden for 30 s, the sweep comes every 30 s: when nobody was answered for so long, what is left is lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        await using var apps = await BenchApps.StartAsync(options, cancellation);
        var corpus = Corpus.Open(options.Data);
        var upload = await apps.UploadAsync("corpus.jsonl", corpus.Bytes(Documents), cancellation);
        var questions = await AnswerRun.AnsweredAsync(apps.AskAsync, corpus, cancellation);
        await using var customers = new Customers(apps.Telegram, questions);

        await Task.WhenAll(await AskAsync(customers, WarmUp, () => true, cancellation)).WaitAsync(Patience, cancellation);
        var calm = new Latencies(await Task.WhenAll(await AskAsync(customers, TimeSpan.FromSeconds(options.Seconds), () => true, cancellation)).WaitAsync(Patience, cancellation));
        await progress.WriteLineAsync($"azure: at {Rate}/s p50 {calm.At(.5)} ms, p95 {calm.At(.95)} ms");

        var random = new Random(17);
        var killed = 0;
        var killing = Task.Run(
            async () =>
            {
                for (; killed < Kills; killed++)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 1_500)), TimeProvider.System, cancellation);
                    await (random.Next(4) == 0 ? apps.Ingestion : apps.Functions).KillHandlerAsync();
                }
            },
            cancellation);
        var asked = await AskAsync(customers, TimeSpan.FromMinutes(5), () => killed < Kills, cancellation);
        await killing;
        await progress.WriteLineAsync($"azure: {killed} kills while {asked.Count} questions were asked; {customers.Waiting} wait");
        var lost = await LostAsync(customers, asked, cancellation);
        var answered = new Latencies([.. asked.Where(one => one.IsCompletedSuccessfully).Select(one => one.Result)]);

        return new Measured(calm.At(.95), new Dictionary<string, object?>
        {
            ["p95_ms"] = calm.At(.95),
            ["questions"] = asked.Count,
            ["lost"] = lost,
            ["p50_ms"] = calm.At(.5),
            ["p99_ms"] = calm.At(.99),
            ["rate"] = Rate,
            ["kills"] = killed,
            ["killed_p50_ms"] = answered.At(.5),
            ["killed_p95_ms"] = answered.At(.95),
            ["killed_slowest_ms"] = answered.At(1),
            ["corpus"] = corpus.Name,
            ["chunks"] = upload.GetProperty("chunks").GetInt32(),
            ["functions_rss_mb"] = apps.Functions.HandlerPid is { } pid ? Machine.ResidentMb(pid) : null,
        });
    }

    /// <summary>Questions come at their times, whether or not the desk keeps up.</summary>
    private static async Task<List<Task<double>>> AskAsync(Customers customers, TimeSpan atMost, Func<bool> goOn, CancellationToken cancellation)
    {
        var asked = new List<Task<double>>();
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < atMost && goOn())
        {
            if (TimeSpan.FromSeconds((double)asked.Count / Rate) - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System, cancellation);
            asked.Add(customers.AskAsync());
        }
        return asked;
    }

    private static async Task<int> LostAsync(Customers customers, List<Task<double>> asked, CancellationToken cancellation)
    {
        var (least, since) = (int.MaxValue, Stopwatch.GetTimestamp());
        while (customers.Waiting > 0 && Stopwatch.GetElapsedTime(since) < Patience)
        {
            if (customers.Waiting < least)
                (least, since) = (customers.Waiting, Stopwatch.GetTimestamp());
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
        return asked.Count(one => !one.IsCompletedSuccessfully);
    }
}
