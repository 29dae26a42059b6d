using System.Diagnostics;
using Support.Confidence;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Speed.Search;

/// <summary>The index in process at a size that few desks reach, on one core, with other search engines on the same chunks and questions.</summary>
internal static class SearchRun
{
    private const int Questions = 1_024;
    private const int WarmUp = 300;

    // As many as a large help centre has: what confidence looks at is the candidates, so only their number matters.
    private const int SmallChunks = 6_000;

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        var isOneCore = OneCore.Take();
        var corpus = SearchCorpus.Open(options.Data);
        var questions = corpus.Questions(Questions);
        var held = GC.GetTotalMemory(forceFullCollection: true);

        var index = Build(corpus, options.Chunks, out var perSecond);
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - held) / 1048576.0;
        await progress.WriteLineAsync($"{options.Chunks} chunks, {perSecond:F0} a second, {memory:F0} MB");
        var figures = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["chunks"] = options.Chunks,
            ["questions"] = questions.Count,
            ["one_core"] = isOneCore,
        };
        foreach (var question in questions.Take(WarmUp))
            index.Search(question, Audience.Customers);
        var whole = Time(questions, question => index.Rank(question, Audience.Customers));
        var plans = questions.ConvertAll(index.Plan);
        figures["whole"] = Percentiles(whole);
        figures["whole_with_confidence"] = Percentiles(Time(questions, question => index.Search(question, Audience.Customers)));
        figures["plan"] = Percentiles(Time(questions, question => index.Plan(question)));
        figures["stage1"] = Percentiles(Time(plans, plan => Ranking.StageOneOnly(plan.Plan, plan.Snapshot, Audience.Customers)));
        figures["stems"] = Percentiles(Time(plans, plan => Ranking.StageOneOnly(plan.Plan.StemsOnly(), plan.Snapshot, Audience.Customers)));
        figures["index_chunks_per_second"] = Math.Round(perSecond);
        figures["memory_mb"] = Math.Round(memory, 1);
        figures["apply_small_change_ms"] = SmallChange(index, corpus);
        figures["confidence_p50_ms"] = Confidence(corpus, questions);
        return new Measured(whole.At(.5), figures);
    }

    private static TenantIndex Build(SearchCorpus corpus, int count, out double perSecond)
    {
        var chunks = corpus.Chunks(count).ToList();
        var index = new TenantIndex();
        var watch = Stopwatch.StartNew();
        index.Apply(chunks, []);
        perSecond = chunks.Count / watch.Elapsed.TotalSeconds;
        return index;
    }

    private static object SmallChange(TenantIndex index, SearchCorpus corpus)
    {
        var times = new List<double>();
        var next = 1_000_000_000L;
        foreach (var chunk in corpus.Chunks(20))
        {
            var watch = Stopwatch.StartNew();
            index.Apply([chunk with { ChunkId = ++next, Text = chunk.Text + " " + next }], []);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        return Percentiles(new Latencies(times));
    }

    private static double Confidence(SearchCorpus corpus, List<string> questions)
    {
        var small = Build(corpus, SmallChunks, out _);
        var ranked = questions.ConvertAll(question => small.Rank(question, Audience.Customers));
        foreach (var one in ranked)
            ConfidenceFeatures.Of(one);
        return Time(ranked, one => ConfidenceModel.Confidence(ConfidenceFeatures.Of(one))).At(.5);
    }

    private static Latencies Time<T, TResult>(IReadOnlyList<T> inputs, Func<T, TResult> work)
    {
        var times = new double[inputs.Count];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work(inputs[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return new Latencies(times);
    }

    private static Dictionary<string, object?> Percentiles(Latencies times) => new() { ["p50_ms"] = times.At(.5), ["p95_ms"] = times.At(.95), ["max_ms"] = times.At(1) };
}
