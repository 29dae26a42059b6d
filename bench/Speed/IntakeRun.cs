using System.Diagnostics;
using Npgsql;

namespace Support.Bench.Speed;

/// <summary>How many updates are acknowledged, how soon, and whether any of them is lost when everything is killed right after.</summary>
internal static class IntakeRun
{
    private const int Connections = 40;
    private const int CalmRate = 1000;
    private const long FirstUpdate = 3_000_000_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        await using var desk = await BenchDesk.StartAsync(options, cancellation);
        // The processing of what was acknowledged goes on beside it, up to the answer.
        await desk.UploadAsync("returns.md", "# How do I return a lamp?\n\nYou can return a lamp within 14 days. Bring it with the receipt to any shop."u8.ToArray(), cancellation);
        var connections = Enumerable.Range(0, Connections).Select(i => new IntakeConnection(desk, BenchDesk.Bots[i % BenchDesk.BotCount], i)).ToList();
        var numbers = new Numbers(FirstUpdate);
        var time = TimeSpan.FromSeconds(options.Seconds / 2.0);

        // Until the code is compiled for speed, that of the processing included; it also leaves a backlog to be processed beside the measuring.
        await FloodAsync(connections, numbers, WarmUp, cancellation);
        await PaceAsync(connections, numbers, WarmUp * 5, cancellation);
        var calm = await PaceAsync(connections, numbers, time, cancellation);
        await progress.WriteLineAsync($"intake: at {CalmRate}/s p50 {calm.At(.5)} ms, p99 {calm.At(.99)} ms");
        var before = CpuTime.Now(desk);
        var flood = await FloodAsync(connections, numbers, time, cancellation);
        var cpu = CpuTime.Now(desk).PerPiece(before, flood.Latencies.Count);
        await progress.WriteLineAsync($"intake: {flood.PerSecond:F0}/s over {Connections} connections");

        await desk.Process.KillAsync();
        await desk.Postgres.CrashAsync(cancellation);
        var kept = await desk.Postgres.ReadAsync(KeptAsync, cancellation);
        var acknowledged = connections.SelectMany(connection => connection.Acknowledged).ToList();
        var figures = new Dictionary<string, object?>
        {
            ["acks_per_second"] = Math.Round(flood.PerSecond),
            ["p50_ms"] = calm.At(.5),
            ["p99_ms"] = calm.At(.99),
            ["lost"] = acknowledged.Count(id => !kept.Ids.Contains(id)),
            ["connections"] = Connections,
            ["calm_rate"] = CalmRate,
            ["calm_max_ms"] = calm.At(1),
            ["flood_p50_ms"] = flood.Latencies.At(.5),
            ["flood_p99_ms"] = flood.Latencies.At(.99),
            ["cpu_us_per_ack"] = cpu,
            ["acknowledged"] = acknowledged.Count,
            ["refused"] = connections.Sum(connection => connection.Refused),
            ["processed_meanwhile"] = kept.Processed,
            ["killed_before_counting"] = true,
            ["bots"] = BenchDesk.BotCount,
        };
        connections.ForEach(connection => connection.Dispose());
        return new Measured(flood.PerSecond, figures);
    }

    /// <summary>Closed loop: each connection posts its next update as soon as the last one was acknowledged.</summary>
    private static async Task<Flood> FloodAsync(List<IntakeConnection> connections, Numbers numbers, TimeSpan time, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(begun) < time)
            {
                cancellation.ThrowIfCancellationRequested();
                var sent = Stopwatch.GetTimestamp();
                await connection.PostAsync(numbers.Next());
                own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
            return own;
        }, cancellation)));
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return new Flood(latencies.Sum(own => own.Count) / seconds, new Latencies(latencies.SelectMany(own => own)));
    }

    /// <summary>Open loop: each update has its moment, and its latency counts from that moment, however late it could be sent.</summary>
    private static async Task<Latencies> PaceAsync(List<IntakeConnection> connections, Numbers numbers, TimeSpan time, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var count = (int)(CalmRate * time.TotalSeconds);
        var latencies = await Task.WhenAll(connections.Select((connection, first) => Task.Run(async () =>
        {
            var own = new List<double>();
            for (var i = first; i < count; i += connections.Count)
            {
                var due = TimeSpan.FromSeconds((double)i / CalmRate);
                if (due - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } early)
                    await Task.Delay(early, TimeProvider.System, cancellation);
                // A timer that is late is the load generator's fault, an update that could not leave in time is the desk's.
                var from = Stopwatch.GetElapsedTime(begun) - due < TimerSlack ? Stopwatch.GetElapsedTime(begun) : due;
                await connection.PostAsync(numbers.Next());
                own.Add((Stopwatch.GetElapsedTime(begun) - from).TotalMilliseconds);
            }
            return own;
        }, cancellation)));
        return new Latencies(latencies.SelectMany(own => own));
    }

    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(2);

    private const string Kept =
        """
        select update_id, true from update_seen where update_id >= $1
        union all
        select substring(convert_from(substring(body from 30), 'UTF8') from '"update_id":([0-9]+)')::bigint, false from job where queue = 'updates'
        """;

    /// <summary>One statement, so one moment: an update is counted while it waits or when it is done.</summary>
    private static async Task<(HashSet<long> Ids, int Processed)> KeptAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Kept, connection) { CommandTimeout = 300 };
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = FirstUpdate });
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new HashSet<long>();
        var processed = 0;
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetInt64(0));
            processed += reader.GetBoolean(1) ? 1 : 0;
        }
        return (ids, processed);
    }

    private sealed record Flood(double PerSecond, Latencies Latencies);

    private sealed class Numbers(long first)
    {
        private long _next = first - 1;

        public long Next() => Interlocked.Increment(ref _next);
    }
}
