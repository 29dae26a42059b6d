using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Bench.Speed;
using Support.Database;
using Support.Knowledge;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Bench.Quality;

/// <summary>
/// Publishes a set in PostgreSQL, document by document, and asks every question of the index in process and of the one outside: how often do both
/// give the same ten passages, and does either answer better?
/// </summary>
internal static class AgreeCommand
{
    private const string Usage = "agree --data DIR [--max QUESTIONS] [--together N] [--qdrant URL]   (without --qdrant: the stand-in of the tests)";
    private const int Ten = 10;
    private const int ProgressEvery = 1_000;
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        AgreeOptions options;
        try
        {
            options = AgreeOptions.Parse(args);
        }
        catch (UsageException e)
        {
            await stderr.WriteLineAsync($"{e.Message}\nUsage: {Usage}");
            return 2;
        }
        var set = QualitySet.Open(options.Data, "");
        await using var postgres = await BenchPostgres.StartAsync(cancellation);
        await using var desk = await OutsideDesk.StartAsync(postgres.ConnectionString, options.Qdrant, cancellation);
        var documents = set.Documents().ToList();
        var watch = Stopwatch.StartNew();
        var done = 0;
        foreach (var some in documents.Chunk(options.Together))
        {
            await desk.PublishAsync(some, cancellation);
            done += some.Length;
            if (done / ProgressEvery > (done - some.Length) / ProgressEvery)
                await stderr.WriteLineAsync($"{done} of {documents.Count} documents published in {watch.Elapsed.TotalSeconds:F1} s");
        }
        var seconds = watch.Elapsed.TotalSeconds;
        await stdout.WriteLineAsync(JsonSerializer.Serialize(await CompareAsync(set, documents, desk, seconds, options.Max, stderr, cancellation), Json));
        return 0;
    }

    private static async Task<AgreeReport> CompareAsync(
        QualitySet set, List<QualityDocument> documents, OutsideDesk desk, double indexSeconds, int most, TextWriter progress, CancellationToken cancellation)
    {
        var questions = set.Questions().Take(most).ToList();
        await desk.InProcess.ReachAsync(desk.Tenant, long.MaxValue - 1, cancellation);
        int sameTen = 0, sameOrder = 0, sameFirst = 0;
        var confidence = 0.0;
        List<AskedQuestion> inProcess = [], outside = [];
        foreach (var question in questions)
        {
            var one = await AskAsync(desk.InProcess, desk.Tenant, question, documents, cancellation);
            var other = await AskAsync(desk.Outside, desk.Tenant, question, documents, cancellation);
            inProcess.Add(one);
            outside.Add(other);
            var isSame = one.Found.ToHashSet().SetEquals(other.Found);
            sameTen += isSame ? 1 : 0;
            sameOrder += one.Found.SequenceEqual(other.Found) ? 1 : 0;
            sameFirst += one.Found.Take(1).SequenceEqual(other.Found.Take(1)) ? 1 : 0;
            confidence = Math.Max(confidence, Math.Abs(one.Retrieved.Confidence - other.Retrieved.Confidence));
            if (!isSame)
                await progress.WriteLineAsync($"other passages: {question.Id}");
        }
        var judgements = set.Judgements();
        var times = outside.Select(asked => asked.Milliseconds).Order().ToList();
        return new AgreeReport(
            set.Name, documents.Count, questions.Count, Share(sameTen, questions), Share(sameOrder, questions), Share(sameFirst, questions),
            Math.Round(RankingMetrics.Of(inProcess, judgements).Ndcg10, 4), Math.Round(RankingMetrics.Of(outside, judgements).Ndcg10, 4), Math.Round(confidence, 4),
            Math.Round(documents.Count / indexSeconds, 1), Math.Round(times[times.Count / 2], 2), Math.Round(times[times.Count * 95 / 100], 2));
    }

    private static async Task<AskedQuestion> AskAsync(
        IKnowledgeIndex index, TenantId tenant, QualityQuestion question, List<QualityDocument> documents, CancellationToken cancellation)
    {
        var watch = Stopwatch.GetTimestamp();
        var found = await index.SearchAsync(tenant, Audience.Customers, question.Text, 0, cancellation);
        var milliseconds = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
        return new AskedQuestion(question.Id, [.. found.Passages.Take(Ten).Select(passage => documents[int.Parse(passage.Source)].Id)], found, milliseconds);
    }

    private static double Share(int part, List<QualityQuestion> all) => Math.Round((double)part / Math.Max(1, all.Count), 4);

    private sealed record AgreeReport(
        [property: JsonPropertyName("dataset")] string Dataset,
        [property: JsonPropertyName("documents")] int Documents,
        [property: JsonPropertyName("queries")] int Queries,
        [property: JsonPropertyName("same_ten_share")] double SameTen,
        [property: JsonPropertyName("same_order_share")] double SameOrder,
        [property: JsonPropertyName("same_first_share")] double SameFirst,
        [property: JsonPropertyName("ndcg@10_in_process")] double InProcess,
        [property: JsonPropertyName("ndcg@10_outside")] double Outside,
        [property: JsonPropertyName("greatest_confidence_difference")] double Confidence,
        [property: JsonPropertyName("documents_per_second")] double DocumentsPerSecond,
        [property: JsonPropertyName("outside_ms_p50")] double P50,
        [property: JsonPropertyName("outside_ms_p95")] double P95);
}

/// <param name="Together">So many of the set's documents are the chunks of one.</param>
/// <param name="Qdrant">A real server; null for the stand-in.</param>
internal sealed record AgreeOptions(string Data, int Max, int Together, Uri? Qdrant)
{
    /// <exception cref="UsageException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static AgreeOptions Parse(string[] args)
    {
        var options = new AgreeOptions("", int.MaxValue, 1, null);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--json")
                continue;
            if (i + 1 == args.Length)
                throw new UsageException($"{args[i]} needs a value.");
            options = args[i] switch
            {
                "--data" => options with { Data = args[++i] },
                "--max" when int.TryParse(args[i + 1], out var most) && most > 0 => options with { Max = int.Parse(args[++i]) },
                "--together" when int.TryParse(args[i + 1], out var some) && some > 0 => options with { Together = int.Parse(args[++i]) },
                "--qdrant" when Uri.TryCreate(args[i + 1], UriKind.Absolute, out _) => options with { Qdrant = new Uri(args[++i]) },
                var unknown => throw new UsageException($"{unknown} {args[i + 1]} is no option of agree."),
            };
        }
        return options.Data.Length > 0 ? options : throw new UsageException("--data is missing: the folder of the set to measure.");
    }
}
