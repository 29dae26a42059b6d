using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Bench.Quality.Embeddings;
using Support.Bench.Quality.Questions;

namespace Support.Bench.Quality;

/// <summary>Measures ranking and confidence on a set of questions with known answers, with the desk's own code and no desk.</summary>
public static class EvalCommand
{
    private const string Usage = "eval --data DIR [--variant SUFFIX] [--max N] [--language auto|ru|en] [--typed clean|layout|latin|typos|by-ear|rambling] [--chunked] [--embeddings DIR|grams] [--questions FILE|held-out] [--model set|scripted]";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <returns>0; 2 when the command line was wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        try
        {
            var options = EvalOptions.Parse(args);
            var set = QualitySet.Open(options.Data, options.Variant);
            if (options.Embeddings is not null)
            {
                await stdout.WriteLineAsync(JsonSerializer.Serialize(await WeightTable.OfAsync(set, options, stderr, cancellation), Json));
                return 0;
            }
            if (options.Model is { } model)
            {
                await stdout.WriteLineAsync(JsonSerializer.Serialize(await Models.AnswerRun.OfAsync(set, options, model, stderr, cancellation), Json));
                return 0;
            }
            if (options.Questions is not null)
            {
                await stdout.WriteLineAsync(JsonSerializer.Serialize(await QuestionsTable.OfAsync(set, options, stderr, cancellation), Json));
                return 0;
            }
            var run = await QualityRun.OfAsync(set, options.Max, options.Typed, options.Chunked, stderr, cancellation);
            await stdout.WriteLineAsync(JsonSerializer.Serialize(Report(set, options, run), Json));
            return 0;
        }
        catch (UsageException e)
        {
            await stderr.WriteLineAsync($"{e.Message}\nUsage: {Usage}");
            return 2;
        }
    }

    private static EvalReport Report(QualitySet set, EvalOptions options, QualityRun run)
    {
        var judgements = set.Judgements();
        var ranking = RankingMetrics.Of(run.Asked, judgements);
        var escalation = EscalationMetrics.Of(Judge(run.Asked, judgements));
        var milliseconds = run.Asked.Select(question => question.Milliseconds).Order().ToList();
        using var process = Process.GetCurrentProcess();
        return new EvalReport(
            set.Name, options.Variant, run.Documents, run.Asked.Count,
            Round(ranking.Ndcg10), Round(ranking.Recall1), Round(ranking.Recall5), Round(ranking.Recall10), Round(ranking.Mrr10),
            Round(run.IndexSeconds),
            new Percentiles(Round(At(milliseconds, .5)), Round(At(milliseconds, .95)), Round(At(milliseconds, .99))),
            Math.Round(process.WorkingSet64 / 1048576.0, 1),
            new Escalation(
                Round(escalation.AurocCorrect), Round(escalation.AurocAnswerable), Round(escalation.Aurc),
                Round(escalation.CoverageAt5), Round(escalation.CoverageAt10), Round(escalation.Ece)),
            DeskOutcomes.Of(run.Asked, judgements, document => run.DocumentIds[(int)document], id => run.Titles.GetValueOrDefault(id, "")));
    }

    internal static List<JudgedQuestion> Judge(IReadOnlyList<AskedQuestion> asked, Dictionary<string, Dictionary<string, double>> judgements) =>
        asked.Select(question =>
        {
            var answerable = judgements.TryGetValue(question.Id, out var relevant);
            return new JudgedQuestion(
                question.Retrieved.Confidence, answerable && question.Found.Count > 0 && relevant!.ContainsKey(question.Found[0]), answerable);
        }).ToList();

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];

    private static double Round(double value) => Math.Round(value, 4);

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 4) : null;

    private sealed record EvalReport(
        [property: JsonPropertyName("dataset")] string Dataset,
        [property: JsonPropertyName("variant")] string Variant,
        [property: JsonPropertyName("documents")] int Documents,
        [property: JsonPropertyName("queries")] int Queries,
        [property: JsonPropertyName("ndcg@10")] double Ndcg10,
        [property: JsonPropertyName("recall@1")] double Recall1,
        [property: JsonPropertyName("recall@5")] double Recall5,
        [property: JsonPropertyName("recall@10")] double Recall10,
        [property: JsonPropertyName("mrr@10")] double Mrr10,
        [property: JsonPropertyName("index_seconds")] double IndexSeconds,
        [property: JsonPropertyName("query_ms")] Percentiles QueryMs,
        [property: JsonPropertyName("rss_mb")] double RssMb,
        [property: JsonPropertyName("escalation")] Escalation Escalation,
        [property: JsonPropertyName("desk")] DeskOutcomes Desk);

    private sealed record Percentiles(
        [property: JsonPropertyName("p50")] double P50,
        [property: JsonPropertyName("p95")] double P95,
        [property: JsonPropertyName("p99")] double P99);

    private sealed record Escalation(
        [property: JsonPropertyName("auroc_correct")] double? AurocCorrect,
        [property: JsonPropertyName("auroc_answerable")] double? AurocAnswerable,
        [property: JsonPropertyName("aurc")] double Aurc,
        [property: JsonPropertyName("coverage_at_5")] double CoverageAt5,
        [property: JsonPropertyName("coverage_at_10")] double CoverageAt10,
        [property: JsonPropertyName("ece")] double Ece);
}
