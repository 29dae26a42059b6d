using System.Globalization;
using Support.Confidence;

namespace Support.Bench.Quality.Training;

/// <summary>
/// Whether the promise is kept: labels are drawn at random from the more confident half of a set, as /label draws them, <see cref="FixedSequence"/> finds the
/// threshold, and all other questions say how often answers from there on are wrong. The set was held out of the model. Where no threshold was found, nothing
/// is answered and nothing broken: that is kept as well, but says nothing of the rule, so the draws with a certificate are counted by themselves.
/// </summary>
internal static class PromiseTable
{
    private static readonly double[] Targets = [.05, .10];
    private static readonly int[] Labels = [50, 100, 200];

    public static async Task WriteAsync(IReadOnlyList<HeldOut> sets, int resamples, TextWriter to)
    {
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Each set held out, {resamples} draws: share in which the promise is kept on all other questions; that share of the draws that certified anything, and how many these are; share of questions answered (mean). With too few questions for so many labels: –.\n"));
        var columns = Targets.SelectMany(target => Labels.Select(count => string.Create(CultureInfo.InvariantCulture, $"{target * 100:0} %, {count} labels"))).ToList();
        await to.WriteLineAsync($"| set |{string.Concat(columns.Select(column => $" {column} |"))}\n|---|{string.Concat(columns.Select(_ => "---|"))}");
        var total = new Draws();
        foreach (var set in sets)
        {
            var row = Targets.SelectMany(target => Labels.Select(count => Draw(set, target, count, resamples))).ToList();
            await to.WriteLineAsync($"| {set.Sample.Name} |{string.Concat(row.Select(cell => $" {cell?.ToString() ?? "–"} |"))}");
            total = row.OfType<Draws>().Aggregate(total, (sum, cell) => sum + cell);
        }
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"\nAll together: of {total.All} draws {total.Certified} certified a threshold, and {(double)total.Kept / Math.Max(1, total.Certified):P1} of these kept the promise.\n"));
    }

    /// <returns>Null with too few questions for so many labels.</returns>
    private static Draws? Draw(HeldOut set, double target, int count, int resamples)
    {
        var byConfidence = Enumerable.Range(0, set.Confidences.Count).OrderByDescending(i => set.Confidences[i]).ToArray();
        var half = byConfidence[..(byConfidence.Length / 2)];
        // What is left must still say something.
        if (half.Length < count * 3 / 2)
            return null;
        var draws = new Draws();
        for (var draw = 0; draw < resamples; draw++)
        {
            var order = (int[])half.Clone();
            new Random(draw).Shuffle(order);
            var passed = FixedSequence.Loosest(order.Take(count).Select(i => new JudgedAnswer(set.Confidences[i], !set.Sample.Rows[i].IsRight)), target);
            var others = passed is null ? [] : order.Skip(count).Where(i => set.Confidences[i] >= passed.Threshold).ToList();
            var isKept = others.Count(i => !set.Sample.Rows[i].IsRight) <= target * others.Count;
            draws += new Draws(1, passed is null ? 0 : 1, passed is not null && isKept ? 1 : 0, (double)others.Count / (half.Length - count) / 2);
        }
        return draws;
    }

    /// <param name="Kept">Of the <paramref name="Certified"/> ones.</param>
    /// <param name="Answered">Shares, added up.</param>
    private sealed record Draws(int All = 0, int Certified = 0, int Kept = 0, double Answered = 0)
    {
        public static Draws operator +(Draws one, Draws other) =>
            new(one.All + other.All, one.Certified + other.Certified, one.Kept + other.Kept, one.Answered + other.Answered);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{(double)(All - Certified + Kept) / All:F3}; {(Certified == 0 ? "–" : ((double)Kept / Certified).ToString("F3", CultureInfo.InvariantCulture))} of {Certified}; {Answered / All:F2}");
    }
}
