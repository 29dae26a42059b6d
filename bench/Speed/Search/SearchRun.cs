using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Support.Confidence;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Speed.Search;

/// <summary>The index in process at a size that few desks reach, on one core, with other search engines on the same chunks and questions.</summary>
internal static class SearchRun
{
    private const int Questions = 1_024;
    // They take a hundred times as long.
    private const int QuestionsToPeers = 128;

    private const int WarmUp = 300;

    // Of so many times that each question is asked, in turn with all others, the least counts: what is left out is what else the machine did.
    private const int Passes = 9;

    // As many as a large help centre has: what confidence looks at is the candidates, so only their number matters.
    private const int SmallChunks = 6_000;

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        var figures = new Dictionary<string, object?>(StringComparer.Ordinal) { ["one_core"] = OneCore.Take() };
        var corpus = SearchCorpus.Open(options.Data);
        var questions = corpus.Questions(Questions);
        var main = Large(corpus, options.Chunks, questions, figures);
        // The large index is dead by now, so that its collection is not counted as theirs.
        var small = Build(corpus, SmallChunks, out _);
        GC.Collect();
        figures["confidence_p50_ms"] = Confidence(small, questions);
        figures["hostile"] = HostileQuestions.Ask(small, questions);
        await progress.WriteLineAsync(JsonSerializer.Serialize(figures));
        figures["peers"] = await SearchPeers.MeasureAsync(corpus.Chunks(options.Chunks), questions[..QuestionsToPeers], progress, cancellation);
        return new Measured(main, figures);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Large(SearchCorpus corpus, int chunks, List<string> questions, Dictionary<string, object?> figures)
    {
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var index = Build(corpus, chunks, out var perSecond);
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - held) / 1048576.0;
        figures["chunks"] = chunks;
        figures["mean_length"] = Math.Round(index.Plan("").Snapshot.Statistics.BodyWords, 1);
        figures["postings"] = Postings(index);
        figures["questions"] = questions.Count;
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
        figures["memory_of_texts_mb"] = Math.Round(Segments(index).Sum(segment => segment.Entries.Sum(entry => (long)entry.TextSize)) / 1048576.0, 1);
        figures["hostile_to_all_chunks"] = HostileQuestions.Ask(index, questions);
        figures["apply_small_change_ms"] = SmallChange(index, corpus);
        return whole.Passed.At(.5);
    }

    private static IEnumerable<Segment> Segments(TenantIndex index) => index.Plan("").Snapshot.Segments.Select(placed => placed.Segment);

    private static Dictionary<string, object?> Postings(TenantIndex index) => new()
    {
        ["stems"] = Segments(index).Sum(segment => (long)segment.Stems.Total),
        ["grams"] = Segments(index).Sum(segment => (long)segment.Grams.Total),
    };

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
        return new Dictionary<string, object?> { ["p50_ms"] = new Latencies(times).At(.5), ["max_ms"] = new Latencies(times).At(1) };
    }

    private static double Confidence(TenantIndex small, List<string> questions)
    {
        var ranked = questions.ConvertAll(question => small.Rank(question, Audience.Customers));
        foreach (var one in ranked)
            ConfidenceFeatures.Of(one);
        return Time(ranked, one => ConfidenceModel.Confidence(ConfidenceFeatures.Of(one))).Passed.At(.5);
    }

    private static Times Time<T, TResult>(IReadOnlyList<T> inputs, Func<T, TResult> work)
    {
        var passed = new double[inputs.Count];
        var used = new double[inputs.Count];
        Array.Fill(passed, double.MaxValue);
        Array.Fill(used, double.MaxValue);
        for (var pass = 0; pass < Passes; pass++)
            for (var i = 0; i < passed.Length; i++)
            {
                var processor = ThreadClock.Milliseconds();
                var start = Stopwatch.GetTimestamp();
                work(inputs[i]);
                passed[i] = Math.Min(passed[i], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                used[i] = Math.Min(used[i], ThreadClock.Milliseconds() - processor);
            }
        return new Times(new Latencies(passed), new Latencies(used));
    }

    private static Dictionary<string, object?> Percentiles(Times times) => new()
    {
        ["p50_ms"] = times.Passed.At(.5),
        ["p95_ms"] = times.Passed.At(.95),
        ["cpu_p50_ms"] = times.Used.At(.5),
        ["cpu_p95_ms"] = times.Used.At(.95),
    };

    private sealed record Times(Latencies Passed, Latencies Used);
}
