using System.Globalization;

namespace Support.Bench.Quality.Training;

/// <summary>What a fixed threshold would mean on each set, judged by a model that never saw it: how the default was chosen.</summary>
internal static class ThresholdTable
{
    private static readonly double[] Thresholds = [.4, .5, .55, .6, .65, .7];

    public static async Task WriteAsync(IReadOnlyList<HeldOut> sets, TextWriter to)
    {
        await to.WriteLineAsync("Each set held out, by threshold: answered / wrong of those answered / answered of those right.\n");
        await to.WriteLineAsync($"| set |{string.Concat(Thresholds.Select(at => string.Create(CultureInfo.InvariantCulture, $" {at:0.00} |")))}\n|---|{string.Concat(Thresholds.Select(_ => "---|"))}");
        foreach (var set in sets)
            await to.WriteLineAsync($"| {set.Sample.Name} |{string.Concat(Thresholds.Select(at => $" {At(set, at)} |"))}");
        await to.WriteLineAsync();
    }

    private static string At(HeldOut set, double threshold)
    {
        var answered = set.Sample.Rows.Where((_, i) => set.Confidences[i] >= threshold).ToList();
        var right = answered.Count(row => row.IsRight);
        return string.Create(CultureInfo.InvariantCulture,
            $"{(double)answered.Count / set.Sample.Rows.Count:F2} / {(answered.Count == 0 ? 0 : 1 - (double)right / answered.Count):F3} / {(double)right / set.Sample.Rows.Count(row => row.IsRight):F2}");
    }
}
