using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Bench.Speed.FunctionApps;
using Support.Bench.Speed.Models;
using Support.Bench.Speed.Scale;
using Support.Bench.Speed.Search;
using Support.Bench.Speed.Vectors;

namespace Support.Bench.Speed;

/// <summary>Measures the desk as it runs: the real server process, a PostgreSQL of its own, a simulated Telegram that holds the bots to its limits.</summary>
internal static class BenchCommand
{
    private const string Usage = "bench [intake|answer|ingest|start|scale|cold|azure|search|vectors|chain|faults] [--json] [--runs N] [--seconds N] [--rate N] [--threshold 0..1] [--data DIR] [--tenants N] [--conversations N] [--chunks N]";

    private static readonly JsonSerializerOptions Compact = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <returns>0; 2 when the command line was wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        try
        {
            var options = BenchOptions.Parse(args);
            foreach (var verb in options.Verb is { } one ? [one] : BenchOptions.Verbs)
            {
                var report = await MedianAsync(verb, options, stderr, cancellation);
                await stdout.WriteLineAsync(report.ToJsonString(options.Compact ? Compact : Indented));
            }
            return 0;
        }
        catch (UsageException e)
        {
            await stderr.WriteLineAsync($"{e.Message}\nUsage: {Usage}");
            return 2;
        }
    }

    private static async Task<JsonObject> MedianAsync(string verb, BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        var runs = new List<Measured>();
        for (var run = 1; run <= options.Runs; run++)
        {
            await progress.WriteLineAsync($"{verb}: run {run} of {options.Runs}");
            runs.Add(await RunAsync(verb, options, progress, cancellation));
        }
        var median = runs.OrderBy(run => run.Main).ElementAt((runs.Count - 1) / 2);
        var report = new JsonObject { ["bench"] = verb };
        foreach (var (name, value) in median.Figures)
            report[name] = JsonSerializer.SerializeToNode(value);
        if (runs.Count > 1)
            report["all_runs"] = JsonSerializer.SerializeToNode(runs.Select(run => run.Main));
        report["machine"] = JsonSerializer.SerializeToNode(Machine.Describe());
        return report;
    }

    private static Task<Measured> RunAsync(string verb, BenchOptions options, TextWriter progress, CancellationToken cancellation) => verb switch
    {
        "intake" => IntakeRun.MeasureAsync(options, progress, cancellation),
        "answer" => AnswerRun.MeasureAsync(options, progress, cancellation),
        BenchOptions.Scale => ScaleRun.MeasureAsync(options, progress, cancellation),
        BenchOptions.Search => SearchRun.MeasureAsync(options, progress, cancellation),
        BenchOptions.Vectors => VectorsRun.MeasureAsync(progress, cancellation),
        BenchOptions.Chain => ChainRun.MeasureAsync(options, progress, cancellation),
        BenchOptions.Faults => FaultsRun.MeasureAsync(options, progress, cancellation),
        "cold" => ColdRun.MeasureAsync(options, progress, cancellation),
        "azure" => AzureRun.MeasureAsync(options, progress, cancellation),
        "ingest" => IngestRun.MeasureAsync(options, progress, cancellation),
        _ => StartRun.MeasureAsync(options, progress, cancellation),
    };
}

/// <param name="Main">The figure by which runs are compared.</param>
/// <param name="Figures">In the order they are printed.</param>
internal sealed record Measured(double Main, IReadOnlyDictionary<string, object?> Figures);
