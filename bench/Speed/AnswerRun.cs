using System.Diagnostics;
using System.Text.Json;

namespace Support.Bench.Speed;

/// <summary>From the webhook to sendMessage: how soon at 100 questions a second, and how many a second the desk keeps up with.</summary>
internal static class AnswerRun
{
    /// <summary>Of the measured corpus these make 6,000 chunks.</summary>
    private const int Documents = 4_300;
    private const int CalmRate = 100;
    private const int AtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        await using var desk = await BenchDesk.StartAsync(options, cancellation);
        var corpus = Corpus.Open(options.Data);
        var upload = await desk.UploadAsync("corpus.jsonl", corpus.Bytes(Documents), cancellation);
        var questions = await AnsweredAsync(desk.AskAsync, corpus, cancellation);
        await using var customers = new Customers(desk.Telegram, questions);
        var time = TimeSpan.FromSeconds(options.Seconds);

        // Until the code is compiled for speed and the pages are in memory.
        await ClosedAsync(customers, TimeSpan.FromSeconds(15), cancellation);
        var calm = await OpenAsync(customers, CalmRate, time, cancellation);
        await progress.WriteLineAsync($"answer: at {CalmRate}/s p50 {calm.Latencies.At(.5)} ms, p95 {calm.Latencies.At(.95)} ms");
        var before = CpuTime.Now(desk);
        var most = await ClosedAsync(customers, TimeSpan.FromSeconds(10), cancellation);
        var cpu = CpuTime.Now(desk).PerPiece(before, most * 10);
        await progress.WriteLineAsync($"answer: {most:F0}/s with {AtOnce} questions at once");
        var sustained = await SustainedAsync(customers, options.Rate > 0 ? options.Rate : (int)(most * .95), time, progress, cancellation);

        return new Measured(sustained.PerSecond, new Dictionary<string, object?>
        {
            ["questions_per_second"] = Math.Round(sustained.PerSecond, 1),
            ["p50_ms"] = calm.Latencies.At(.5),
            ["p95_ms"] = calm.Latencies.At(.95),
            ["p99_ms"] = calm.Latencies.At(.99),
            ["calm_rate"] = CalmRate,
            ["sustained_rate"] = sustained.Rate,
            ["sustained_p50_ms"] = sustained.Latencies.At(.5),
            ["sustained_p95_ms"] = sustained.Latencies.At(.95),
            ["backlog_after_a_third"] = sustained.BacklogEarly,
            ["backlog_at_the_end"] = sustained.BacklogAtEnd,
            ["closed_loop_per_second"] = Math.Round(most, 1),
            ["cpu_us_per_question"] = cpu,
            ["corpus"] = corpus.Name,
            ["chunks"] = upload.GetProperty("chunks").GetInt32(),
            ["questions"] = questions.Count,
            ["questions_left_out"] = corpus.Questions.Count - questions.Count,
            ["threshold"] = options.Threshold,
            ["bots"] = BenchDesk.BotCount,
            ["rss_mb"] = Machine.ResidentMb(desk.Process.Pid),
        });
    }

    /// <summary>Questions that open a ticket silence the bot in that chat from then on; they are left out.</summary>
    public static async Task<IReadOnlyList<string>> AnsweredAsync(Func<string, CancellationToken, Task<JsonElement>> ask, Corpus corpus, CancellationToken cancellation)
    {
        var answered = new List<string>();
        foreach (var question in corpus.Questions)
            if ((await ask(question, cancellation)).GetProperty("decision").GetString() != "escalate")
                answered.Add(question);
        return answered;
    }

    /// <summary>So many questions are always open; the rate is what the desk makes of that.</summary>
    private static async Task<double> ClosedAsync(Customers customers, TimeSpan time, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(begun) < time; count++)
                await customers.AskAsync().WaitAsync(Patience, cancellation);
            return count;
        }, cancellation)));
        return counts.Sum() / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>The highest rate at which the backlog does not grow, looked for in steps of 7 %: downwards from <paramref name="rate"/>, or upwards if that is none too many.</summary>
    private static async Task<Paced> SustainedAsync(Customers customers, int rate, TimeSpan time, TextWriter progress, CancellationToken cancellation)
    {
        Paced? best = null;
        var isFalling = false;
        while (true)
        {
            var paced = await OpenAsync(customers, rate, time, cancellation);
            await progress.WriteLineAsync($"answer: at {rate}/s {paced.PerSecond:F1}/s answered, backlog {paced.BacklogEarly} after a third, {paced.BacklogAtEnd} at the end, p95 {paced.Latencies.At(.95)} ms");
            // A tenth of a second's worth of questions is on its way at any time.
            var isSustained = paced.BacklogAtEnd <= paced.BacklogEarly + rate / 10;
            if (!isSustained && best is not null)
                return best;
            if ((isSustained && isFalling) || rate < 50)
                return paced;
            best = isSustained ? paced : null;
            isFalling = !isSustained;
            rate = (int)(rate * (isSustained ? 1.07 : .93));
        }
    }

    /// <summary>Questions come at their times, whether or not the desk keeps up.</summary>
    private static async Task<Paced> OpenAsync(Customers customers, int rate, TimeSpan time, CancellationToken cancellation)
    {
        var count = (int)(rate * time.TotalSeconds);
        var asked = new List<Task<double>>(count);
        var early = 0;
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            if (TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System, cancellation);
            asked.Add(customers.AskAsync());
            if (i == count / 3)
                early = customers.Waiting;
        }
        var waiting = customers.Waiting;
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var latencies = await Task.WhenAll(asked).WaitAsync(Patience, cancellation);
        return new Paced(rate, (count - waiting) / seconds, new Latencies(latencies), early, waiting);
    }

    private sealed record Paced(int Rate, double PerSecond, Latencies Latencies, int BacklogEarly, int BacklogAtEnd);
}
