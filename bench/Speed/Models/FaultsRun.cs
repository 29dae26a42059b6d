using System.Diagnostics;
using Npgsql;
using Support.Simulation.Models;
using Support.Tenants;

namespace Support.Bench.Speed.Models;

/// <summary>The desk's own process with a model that fails three calls of ten, each in a way that can spoil it, at 100 questions a second: does every customer hear something, and how soon?</summary>
internal static class FaultsRun
{
    private const int Rate = 100;
    private const double Failing = .3;
    private const int Documents = 4_300;

    /// <summary>Whoever has heard nothing by then is counted as silent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<Measured> MeasureAsync(BenchOptions options, TextWriter progress, CancellationToken cancellation)
    {
        await using var server = await ScriptedModelHost.StartAsync(new ScriptedModelOptions(), "http://127.0.0.1:0", cancellation);
        await using var desk = await BenchDesk.StartAsync(options, cancellation, new Dictionary<string, string>
        {
            ["Support__Models__Endpoint"] = new Uri(server.BaseUrl, "v1").AbsoluteUri,
            ["Support__Models__Key"] = "sk-bench",
            ["Support__Models__Model"] = "scripted",
            ["Support__Models__Embedding__Model"] = "scripted-embedding",
            // As at an owner's: what is not sure goes to people.
            ["Support__Confidence__Threshold"] = "0.5",
            ["Support__Confidence__Choices"] = "true",
        });
        var corpus = Corpus.Open(options.Data);
        await desk.UploadAsync("corpus.jsonl", corpus.Bytes(Documents), cancellation);
        await EmbeddedAsync(desk, cancellation);
        var (received, spoilt) = (server.Models.Received, server.Models.Spoilt);
        server.Models.Misbehaviours.Share(Failing, [.. Enum.GetValues<Trouble>().Where(IsOfAService)]);
        await using var customers = new Customers(desk.Telegram, corpus.Questions);
        var (heard, silent) = await AskAsync(customers, Rate * options.Seconds, cancellation);
        await progress.WriteLineAsync($"faults: {heard.Count} heard something, {silent} nothing");
        var decisions = await desk.Postgres.ReadAsync(connection => DecisionsAsync(connection, desk.Tenant), cancellation);
        var calls = server.Models.Received - received;
        var times = new Latencies(heard);
        return new Measured(times.At(1), new Dictionary<string, object?>
        {
            ["questions"] = heard.Count + silent,
            ["answered"] = decisions.GetValueOrDefault("answer") + decisions.GetValueOrDefault("choose"),
            ["escalated"] = decisions.GetValueOrDefault("escalate"),
            ["asked_back"] = decisions.GetValueOrDefault("ask_back"),
            ["silent"] = silent,
            ["slowest_s"] = Math.Round(times.At(1) / 1000, 2),
            ["p50_ms"] = times.At(.5),
            ["p95_ms"] = times.At(.95),
            ["rate"] = Rate,
            ["failing_share"] = Failing,
            ["calls"] = calls,
            ["spoilt_share"] = calls == 0 ? null : Math.Round((server.Models.Spoilt - spoilt) / (double)calls, 3),
        });
    }

    /// <summary>A wrong key, model or account is a setting: it would switch the model off, and nothing would fail any more.</summary>
    private static bool IsOfAService(Trouble trouble) => trouble is not (Trouble.WrongKey or Trouble.WrongModel or Trouble.NoCredit);

    /// <summary>What is measured are questions, not indexing: nothing fails before all chunks have their vectors.</summary>
    private static async Task EmbeddedAsync(BenchDesk desk, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await desk.Postgres.ReadAsync(connection => IsEmbeddedAsync(connection, desk.Tenant), cancellation))
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
                throw new InvalidOperationException($"The desk has not embedded its documents within {Patience.TotalSeconds} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancellation);
        }
    }

    private static async Task<bool> IsEmbeddedAsync(NpgsqlConnection connection, TenantId tenant)
    {
        await using var command = new NpgsqlCommand("select coalesce(embedded_change = knowledge_change, false) from tenant where id = $1", connection) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenant.Value } } };
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<(List<double> Heard, int Silent)> AskAsync(Customers customers, int count, CancellationToken cancellation)
    {
        var asked = new List<Task<double>>(count);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            if (TimeSpan.FromSeconds((double)i / Rate) - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System, cancellation);
            asked.Add(customers.AskAsync());
        }
        try
        {
            await Task.WhenAll(asked).WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException)
        {
            // Counted below.
        }
        return ([.. asked.Where(one => one.IsCompletedSuccessfully).Select(one => one.Result)], asked.Count(one => !one.IsCompletedSuccessfully));
    }

    private static async Task<Dictionary<string, int>> DecisionsAsync(NpgsqlConnection connection, TenantId tenant)
    {
        await using (var become = new NpgsqlCommand("select set_config('support.tenant', $1, false)", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } } })
            await become.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand("select decision, count(*)::int from question group by decision", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var decisions = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            decisions[reader.GetString(0)] = reader.GetInt32(1);
        return decisions;
    }
}
