using System.Diagnostics;
using System.Text.Json;
using Support.Bench.Speed.Search;
using Support.Retrieval;
using Support.Retrieval.Dense;

namespace Support.Bench.Speed.Vectors;

/// <summary>The exact scans of vectors, on one core, each against a plain read of the very bytes it looks at, in turn with it.</summary>
internal static class VectorsRun
{
    private const int Chunks = 50_000;
    private const int Length = 384;
    private const int Questions = 200;
    private const int WarmUp = 100;
    private const int Found = 10;

    public static async Task<Measured> MeasureAsync(TextWriter progress, CancellationToken cancellation)
    {
        var oneCore = OneCore.Take();
        var (chunks, questions) = new ClusteredVectors(Length).Make(Chunks, Questions);
        var rows = new VectorRows(Length);
        foreach (var chunk in chunks)
            rows.Add(chunk);
        cancellation.ThrowIfCancellationRequested();
        var readers = new byte[Chunks];
        Array.Fill(readers, Segment.Everybody);
        var figures = Measure(rows.Pages, readers, questions);
        figures["recall_at_10"] = Math.Round(Recall(rows.Pages, readers, questions), 5);
        figures["chunks"] = Chunks;
        figures["length"] = Length;
        figures["questions"] = Questions;
        figures["mb_per_10000_chunks"] = Math.Round(rows.Pages.Sum(page => page.Rows * (4.0 * page.Stride + 4 * page.Groups + 4)) / rows.Pages.Sum(page => page.Rows) * 10_000 / 1048576, 1);
        figures["one_core"] = oneCore;
        await progress.WriteLineAsync(JsonSerializer.Serialize(figures));
        return new Measured((double)figures["int8_p50_ms"]!, figures);
    }

    /// <summary>Four things in turn for each question, so that whatever else the machine does meets all of them.</summary>
    private static Dictionary<string, object?> Measure(VectorPage[] pages, byte[] readers, List<float[]> questions)
    {
        var (floats, bytes, floatReads, byteReads) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var kept = 0L;
        for (var i = -WarmUp; i < questions.Count; i++)
        {
            var question = questions[Math.Max(0, i)];
            var times = (
                Time(() => kept += PlainRead.OfNumbers(pages, readers.Length)),
                Time(() => kept += FloatScan.Best(new ScannedRows(pages, readers, Segment.Everybody), question, Found).Length),
                Time(() => kept += PlainRead.OfBytes(pages, readers.Length), again: true),
                Time(() => kept += ByteScan.Best(new ScannedRows(pages, readers, Segment.Everybody), question, Found).Length, again: true));
            if (i < 0)
                continue;
            floatReads.Add(times.Item1);
            floats.Add(times.Item2);
            byteReads.Add(times.Item3);
            bytes.Add(times.Item4);
        }
        GC.KeepAlive(kept);
        var (f32, f32Read, int8, int8Read) = (new Latencies(floats), new Latencies(floatReads), new Latencies(bytes), new Latencies(byteReads));
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["f32_ratio"] = Math.Round(f32.At(.5) / f32Read.At(.5), 2),
            ["int8_ratio"] = Math.Round(int8.At(.5) / int8Read.At(.5), 2),
            ["recall_at_10"] = null,
            ["f32_p50_ms"] = f32.At(.5),
            ["int8_p50_ms"] = int8.At(.5),
            ["f32_read_p50_ms"] = f32Read.At(.5),
            ["int8_read_p50_ms"] = int8Read.At(.5),
            ["f32_p95_ms"] = f32.At(.95),
            ["int8_p95_ms"] = int8.At(.95),
        };
    }

    /// <param name="again">After it was done once untimed: what lies in the cache is then its own, for reading and scanning alike, and not what was looked at before.</param>
    private static double Time(Action work, bool again = false)
    {
        if (again)
            work();
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Recall(VectorPage[] pages, byte[] readers, List<float[]> questions) => questions.Average(question =>
    {
        var exact = FloatScan.Best(new ScannedRows(pages, readers, Segment.Everybody), question, Found).Select(one => one.Row).ToHashSet();
        return ByteScan.Best(new ScannedRows(pages, readers, Segment.Everybody), question, Found).Count(one => exact.Contains(one.Row)) / (double)Found;
    });
}
