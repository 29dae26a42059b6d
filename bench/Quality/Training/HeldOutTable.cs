using System.Globalization;
using Support.Confidence;

namespace Support.Bench.Quality.Training;

/// <summary>How well each set is judged by a model that never saw it.</summary>
internal static class HeldOutTable
{
    public static async Task WriteAsync(IReadOnlyList<HeldOut> sets, TextWriter to)
    {
        await to.WriteLineAsync("Each set held out. AUROC: right first passages against wrong ones; near, far: questions with an answer against those without; topic: the gate's feature alone.\n");
        await to.WriteLineAsync("| set | questions | right | AUROC | AURC | coverage at 5 / 10 % | near | far | far, topic |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var set in sets)
        {
            var metrics = set.Metrics();
            await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {set.Sample.Name} | {set.Sample.Rows.Count} | {(double)set.Sample.Rows.Count(row => row.IsRight) / set.Sample.Rows.Count:F3} | {metrics.AurocCorrect:F3} | {metrics.Aurc:F3} | {metrics.CoverageAt5:F3} / {metrics.CoverageAt10:F3} | {Or(set.AurocAgainst(Topics.Near))} | {Or(set.AurocAgainst(Topics.Far))} | {Or(set.AurocAgainst(Topics.Far, Topic))} |"));
        }
        var all = sets.Select(set => set.Metrics()).ToList();
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| **mean** | | | **{all.Average(one => one.AurocCorrect):F4}** | {all.Average(one => one.Aurc):F3} | {all.Average(one => one.CoverageAt5):F3} / **{all.Average(one => one.CoverageAt10):F3}** | {Or(sets.Average(set => set.AurocAgainst(Topics.Near)))} | {Or(sets.Average(set => set.AurocAgainst(Topics.Far)))} | **{Or(sets.Average(set => set.AurocAgainst(Topics.Far, Topic)))}** |\n"));
    }

    private static double Topic(TrainingRow row) => row.IsJudged ? row.Features[ConfidenceFeatures.TopicAt] : 0;

    private static string Or(double? value) => value is { } number ? number.ToString("F3", CultureInfo.InvariantCulture) : "–";
}
