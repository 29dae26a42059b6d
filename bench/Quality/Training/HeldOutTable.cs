using System.Globalization;
using Support.Confidence;

namespace Support.Bench.Quality.Training;

/// <summary>How well each set is judged by a model that never saw it.</summary>
internal static class HeldOutTable
{
    // Sums in another order differ by less.
    private const double Noticed = 1e-6;

    /// <param name="full">The same sets with the units of all chunks read; null without.</param>
    public static async Task WriteAsync(IReadOnlyList<HeldOut> sets, IReadOnlyList<HeldOut>? full, TextWriter to)
    {
        await to.WriteLineAsync($"Each set held out. AUROC: right first passages against wrong ones; near, far: questions with an answer against those without; topic: the gate's feature alone.{(full is null ? "" : " All chunks: with their units read instead of the fifty candidates'.")}\n");
        await to.WriteLineAsync($"| set | questions | right | AUROC |{(full is null ? "" : " all chunks |")} AURC | coverage at 5 / 10 % | near | far | far, topic |\n|---|---|---|---|---|---|---|---|---|{(full is null ? "" : "---|")}");
        foreach (var (i, set) in sets.Index())
        {
            var metrics = set.Metrics();
            await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {set.Sample.Name} | {set.Sample.Rows.Count} | {(double)set.Sample.Rows.Count(row => row.IsRight) / set.Sample.Rows.Count:F3} | {metrics.AurocCorrect:F3} |{(full is null ? "" : $" {Or(full[i].Auroc)} |")} {metrics.Aurc:F3} | {metrics.CoverageAt5:F3} / {metrics.CoverageAt10:F3} | {Or(set.AurocAgainst(Topics.Near))} | {Or(set.AurocAgainst(Topics.Far))} | {Or(set.AurocAgainst(Topics.Far, Topic))} |"));
        }
        var all = sets.Select(set => set.Metrics()).ToList();
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| **mean** | | | **{all.Average(one => one.AurocCorrect):F4}** |{(full is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {full.Average(set => set.Auroc):F4} |"))} {all.Average(one => one.Aurc):F3} | {all.Average(one => one.CoverageAt5):F3} / **{all.Average(one => one.CoverageAt10):F3}** | {Or(sets.Average(set => set.AurocAgainst(Topics.Near)))} | {Or(sets.Average(set => set.AurocAgainst(Topics.Far)))} | **{Or(sets.Average(set => set.AurocAgainst(Topics.Far, Topic)))}** |\n"));
        if (full is not null)
            await to.WriteLineAsync($"Of all questions another value with all chunks: {string.Join(", ", ConfidenceFeatures.Weighed.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{name} {Changed(sets, full, i):P1}")))}.\n");
    }

    private static double Changed(IReadOnlyList<HeldOut> sets, IReadOnlyList<HeldOut> full, int feature) =>
        sets.Zip(full).SelectMany(pair => pair.First.Sample.Rows.Zip(pair.Second.Sample.Rows)).Average(rows => Math.Abs(rows.First.Features[feature] - rows.Second.Features[feature]) > Noticed ? 1.0 : 0);

    private static double Topic(TrainingRow row) => row.IsJudged ? row.Features[ConfidenceFeatures.TopicAt] : 0;

    private static string Or(double? value) => value is { } number ? number.ToString("F3", CultureInfo.InvariantCulture) : "–";
}
