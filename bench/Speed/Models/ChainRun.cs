using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Support.Bench.Models;
using Support.Bench.Quality;
using Support.Models;
using Support.Questions;
using Support.Simulation.Models;

namespace Support.Bench.Speed.Models;

/// <summary>What the chain adds with a model that takes no time: prompts, calls over a socket, checks; every fifth question follows the one before it. The scripted model's own work, in the same process, is counted as well.</summary>
internal static class ChainRun
{
    private const int Rate = 50;
    private const int WarmUp = 300;

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        var set = QualitySet.Open(options.Data, "");
        var chunks = await ChunkedCorpus.CutAsync(set, [.. set.Documents()], progress, cancellation);
        var questions = AskedInTurn.Of([.. set.Questions().Select(question => question.Text)]);
        await using var server = await ScriptedModelHost.StartAsync(new ScriptedModelOptions(), "http://127.0.0.1:0", cancellation);
        await using var chain = await ChainHost.StartAsync(chunks, ChainHost.Scripted(server), cancellation);
        for (var i = 0; i < WarmUp; i++)
            await chain.AskAsync(questions[i % questions.Count].Text, ChainHost.NewUse(), questions[i % questions.Count].Earlier, cancellation);
        var without = await PacedAsync(chain, questions, withModels: false, options.Seconds, cancellation);
        var with = await PacedAsync(chain, questions, withModels: true, options.Seconds, cancellation);
        var answered = with.Where(one => one.Decided.Decision is Decision.Answer && one.Calls.Count > 0).ToList();
        var times = new Latencies([.. with.Select(one => one.Milliseconds)]);
        var plain = new Latencies([.. without.Select(one => one.Milliseconds)]);
        return new Measured(times.At(.5), new Dictionary<string, object?>
        {
            ["p50_ms"] = times.At(.5),
            ["p95_ms"] = times.At(.95),
            ["prompt_tokens_mean"] = answered.Count == 0 ? null : Math.Round(answered.Average(one => one.Calls.Sum(call => call.PromptTokens)), 1),
            ["rate"] = Rate,
            ["without_models_p50_ms"] = plain.At(.5),
            ["without_models_p95_ms"] = plain.At(.95),
            ["questions"] = with.Count,
            ["answered"] = answered.Count,
            ["follow_ups"] = with.Count(one => one.IsFollowUp),
            ["calls_mean"] = Math.Round(with.Average(one => one.Calls.Count), 2),
            ["calls_by_role"] = with.SelectMany(one => one.Calls).GroupBy(call => call.Role).OrderBy(role => role.Key).ToDictionary(role => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.Key.ToString()), role => role.Count()),
            ["chunks"] = chunks.Count,
        });
    }

    /// <summary>Each at its time, whether or not those before are done; a time counts from when it was due.</summary>
    private static async Task<IReadOnlyList<Timed>> PacedAsync(ChainHost chain, IReadOnlyList<TurnQuestion> questions, bool withModels, int seconds, CancellationToken cancellation)
    {
        var done = new ConcurrentBag<Timed>();
        var tasks = new List<Task>();
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < Rate * seconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / Rate);
            if (due - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System, cancellation);
            var question = questions[i % questions.Count];
            tasks.Add(Task.Run(async () => done.Add(await AskAsync(chain, question, withModels, () => (Stopwatch.GetElapsedTime(begun) - due).TotalMilliseconds, cancellation)), cancellation));
        }
        await Task.WhenAll(tasks);
        return [.. done];
    }

    private static async Task<Timed> AskAsync(ChainHost chain, TurnQuestion question, bool withModels, Func<double> sinceDue, CancellationToken cancellation)
    {
        var use = withModels ? ChainHost.NewUse() : null;
        var decided = await chain.AskAsync(question.Text, use, question.Earlier, cancellation, isWatched: withModels);
        return new Timed(decided, sinceDue(), use?.Calls ?? [], question.Earlier is not null);
    }

    private sealed record Timed(Decided Decided, double Milliseconds, IReadOnlyList<ModelCall> Calls, bool IsFollowUp);
}
