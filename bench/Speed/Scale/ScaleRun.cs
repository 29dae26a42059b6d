using Dapper;
using Npgsql;

namespace Support.Bench.Speed.Scale;

/// <summary>A thousand companies and a million conversations: how long each statement of the path takes there, and whether any reads a whole table.</summary>
internal static class ScaleRun
{
    private const int Seed = 20261120;
    private const int Questions = 600;
    private const int Others = 150;
    private const int WarmUp = 40;
    private const int Planned = 12;
    private const int ManyTenants = 50_000;

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        var world = new ScaleWorld(options.Tenants, options.Conversations);
        await using var postgres = await BenchPostgres.StartAsync(cancellation);
        await using var administrator = await FillAsync(postgres, world, progress, cancellation);
        var size = await administrator.QuerySingleAsync<long>("select pg_database_size(current_database())");
        var random = new Random(Seed);
        var picks = await Pick.SomeAsync(administrator, world, Questions + Others * 2 + WarmUp * 4, random);

        var flush = await FlushAsync(postgres, cancellation);
        // What a statement costs is asked for; the disk, and how many commits share a flush, is another matter.
        await administrator.ExecuteAsync("alter role support set synchronous_commit = off");
        var timed = await TimeAsync(postgres, picks, cancellation);
        var scans = await PlanAsync(postgres, administrator, [.. picks.TakeLast(Planned)], cancellation);
        await progress.WriteLineAsync($"scale: making companies up to {ManyTenants}");
        await AddTenantsAsync(administrator, cancellation);
        var sweepOfMany = await SweepAsync(postgres, cancellation);

        var slow = timed.All.Where(step => step.Latencies.At(.95) > 5).Select(step => step.Step).ToList();
        var whole = scans.Where(scan => scan.IsWhole).Select(scan => scan.ToString()).Distinct().ToList();
        return new Measured(timed.All.Max(step => step.Latencies.At(.95)), new Dictionary<string, object?>
        {
            ["tenants"] = world.Tenants,
            ["conversations"] = world.Conversations,
            ["questions"] = world.Questions,
            ["tickets"] = world.Tickets,
            ["database_mb"] = size >> 20,
            ["flush_p50_ms"] = flush.At(.5),
            ["steps"] = timed.All.ToDictionary(step => step.Step, step => Figures(step.Latencies, scans.Where(scan => scan.Step == step.Step).MaxBy(scan => scan.Rows))),
            ["p95_over_5_ms"] = slow,
            ["reads_whole_tables"] = whole,
            ["sweep_of_many_tenants"] = ManyTenants,
            ["sweep_of_many_p50_ms"] = sweepOfMany.At(.5),
        });
    }

    /// <returns>The superuser's connection.</returns>
    public static async Task<NpgsqlConnection> FillAsync(BenchPostgres postgres, ScaleWorld world, TextWriter progress, CancellationToken cancellation)
    {
        await using (await ScaleDesk.StartAsync(postgres.ConnectionString, cancellation))
        {
            // Only its migrations are needed yet.
        }
        var administrator = new NpgsqlConnection(postgres.AdminConnectionString);
        await administrator.OpenAsync(cancellation);
        await world.FillAsync(administrator, progress, cancellation);
        return administrator;
    }

    /// <summary>How long a commit of one small row takes that waits for the disk; each step that writes waits once for that as well.</summary>
    private static async Task<Latencies> FlushAsync(BenchPostgres postgres, CancellationToken cancellation)
    {
        var steps = new TimedSteps { Counts = true };
        await postgres.ReadAsync(async connection =>
        {
            for (var i = 0; i < 200; i++)
                await steps.RunAsync("flush", () => connection.ExecuteAsync("insert into update_seen (bot_id, update_id) values (1, @i)", new { i }));
            return 0;
        }, cancellation);
        return steps.All.Single().Latencies;
    }

    private static Dictionary<string, object?> Figures(Latencies latencies, Scan? largest) => new()
    {
        ["p50_ms"] = latencies.At(.5),
        ["p95_ms"] = latencies.At(.95),
        ["count"] = latencies.Count,
        ["most_rows"] = Math.Round(largest?.Rows ?? 0),
        ["most_rows_in"] = largest is null ? null : $"{largest.Table} by {largest.Index ?? "no index"}",
    };

    private static async Task<TimedSteps> TimeAsync(BenchPostgres postgres, IReadOnlyList<Pick> picks, CancellationToken cancellation)
    {
        var steps = new TimedSteps();
        await using var desk = await ScaleDesk.StartAsync(postgres.ConnectionString, cancellation);
        var paths = new Paths(desk, steps, new Numbers());
        await paths.RunAsync(picks.Take(WarmUp * 3).ToList(), WarmUp, WarmUp, cancellation);
        steps.Counts = true;
        await paths.RunAsync(picks.Skip(WarmUp * 3).SkipLast(Planned).ToList(), Others, Others, cancellation);
        return steps;
    }

    public static async Task<IReadOnlyList<Scan>> PlanAsync(BenchPostgres postgres, NpgsqlConnection administrator, IReadOnlyList<Pick> picks, CancellationToken cancellation)
    {
        var steps = await PlannedSteps.BeginAsync(administrator, postgres.LogFile);
        await using var desk = await ScaleDesk.StartAsync(postgres.ConnectionString, cancellation);
        await new Paths(desk, steps, Numbers.Above(4_000_000_000)).RunAsync(picks, picks.Count / 3, picks.Count / 3, cancellation);
        return steps.Scans;
    }

    private const string MoreTenants =
        """
        insert into tenant (id, name) select md5('further ' || n)::uuid, 'further ' || n from generate_series(1, @more) n;
        insert into bot (id, tenant_id, token) select 6000000 + n, md5('further ' || n)::uuid, '\x00' from generate_series(1, @more) n;
        analyze tenant;
        analyze bot;
        """;

    private static async Task AddTenantsAsync(NpgsqlConnection administrator, CancellationToken cancellation)
    {
        var there = await administrator.QuerySingleAsync<int>("select count(*)::int from tenant");
        await administrator.ExecuteAsync(new CommandDefinition(MoreTenants, new { more = Math.Max(0, ManyTenants - there) }, commandTimeout: 0, cancellationToken: cancellation));
    }

    private static async Task<Latencies> SweepAsync(BenchPostgres postgres, CancellationToken cancellation)
    {
        var steps = new TimedSteps { Counts = true };
        await using var desk = await ScaleDesk.StartAsync(postgres.ConnectionString, cancellation);
        for (var i = 0; i < 5; i++)
            await new QueuePath(desk, steps).SweepAsync(cancellation);
        return steps.All.Single().Latencies;
    }

    /// <summary>All paths, each over customers of its own.</summary>
    private sealed class Paths(ScaleDesk desk, Steps steps, Numbers numbers)
    {
        public async Task RunAsync(IReadOnlyList<Pick> picks, int tickets, int documents, CancellationToken cancellation)
        {
            var questions = new QuestionPath(desk, steps, numbers);
            var ticketed = new TicketPath(desk, steps, numbers, questions);
            var documented = new DocumentPath(desk, steps, numbers, questions);
            var labelled = new LabelPath(desk, steps, numbers, questions);
            var queue = new QueuePath(desk, steps);
            foreach (var (i, pick) in picks.Index())
            {
                if (i < tickets)
                    await ticketed.RunAsync(pick, cancellation);
                else if (i < tickets + documents)
                {
                    await documented.RunAsync(pick, cancellation);
                    await labelled.RunAsync(pick, cancellation);
                }
                else
                    await questions.RunAsync(pick, cancellation);
                await queue.RunAsync(cancellation);
                if (i % 10 == 0)
                    await queue.SweepAsync(cancellation);
            }
        }
    }
}
