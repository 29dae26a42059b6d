using System.Globalization;
using Support.Confidence;

namespace Support.Bench.Quality.Training;

/// <summary>
/// Whether the promise is kept: labels are drawn at random from the more confident half of a set, as /label draws them, <see cref="FixedSequence"/> finds the
/// threshold, and all other questions say how often answers from there on are wrong. The set was held out of the model.
/// </summary>
internal static class PromiseTable
{
    private static readonly double[] Targets = [.05, .10];
    private static readonly int[] Labels = [50, 100, 200];

    public static async Task WriteAsync(IReadOnlyList<HeldOut> sets, int resamples, TextWriter to)
    {
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Each set held out, {resamples} draws: share of draws in which the promise is kept on all other questions, and share of questions answered (mean); with too few questions for so many labels: –.\n"));
        var columns = Targets.SelectMany(target => Labels.Select(count => string.Create(CultureInfo.InvariantCulture, $"{target * 100:0} %, {count} labels"))).ToList();
        await to.WriteLineAsync($"| set |{string.Concat(columns.Select(column => $" {column} |"))}\n|---|{string.Concat(columns.Select(_ => "---|"))}");
        foreach (var set in sets)
            await to.WriteLineAsync($"| {set.Sample.Name} |{string.Concat(Targets.SelectMany(target => Labels.Select(count => $" {Cell(set, target, count, resamples)} |")))}");
        await to.WriteLineAsync();
    }

    private static string Cell(HeldOut set, double target, int count, int resamples)
    {
        var byConfidence = Enumerable.Range(0, set.Confidences.Count).OrderByDescending(i => set.Confidences[i]).ToArray();
        var half = byConfidence[..(byConfidence.Length / 2)];
        // What is left must still say something.
        if (half.Length < count * 3 / 2)
            return "–";
        var kept = 0;
        var answered = 0.0;
        for (var draw = 0; draw < resamples; draw++)
        {
            var order = (int[])half.Clone();
            new Random(draw).Shuffle(order);
            var passed = FixedSequence.Loosest(order.Take(count).Select(i => new JudgedAnswer(set.Confidences[i], !set.Sample.Rows[i].IsRight)), target);
            var others = passed is null ? [] : order.Skip(count).Where(i => set.Confidences[i] >= passed.Threshold).ToList();
            var wrong = others.Count(i => !set.Sample.Rows[i].IsRight);
            kept += others.Count == 0 || wrong <= target * others.Count ? 1 : 0;
            answered += (double)others.Count / (half.Length - count) / 2;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{(double)kept / resamples:F3}, {answered / resamples:F2}");
    }
}
