using System.Globalization;
using Support.Confidence;

namespace Support.Bench.Quality.Training;

/// <summary>
/// Whether the promise is kept: labels are drawn at random from the more confident half of a set, as /label draws them, <see cref="MakeCertificate"/> makes of
/// them what an owner with so many labels gets, and all other questions say how often answers from there on are wrong. The set was held out of the model. Where
/// no threshold was found, nothing is answered and nothing broken: that is kept as well, but says nothing of the rule, so the draws with a certificate are
/// counted by themselves.
/// </summary>
internal static class PromiseTable
{
    // Of the thousand draws of a cell.
    private const double Goal = .95;

    // With fewer questions left, a rate of 5 % could not be told from one of 10 %.
    private const int FewestLeft = 75;

    private static readonly double[] Targets = [.05, .10];
    private static readonly int[] Labels = [50, 100, 200];

    public static async Task WriteAsync(IReadOnlyList<HeldOut> sets, int resamples, TextWriter to)
    {
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Each set held out, {resamples} draws, certified as the desk does: share in which the promise is kept on all other questions; that share of the draws that certified anything, and how many these are; share of questions answered (mean). *: fewer than {FewestLeft} questions would be left; drawn with replacement, and judged on the whole half.\n"));
        var columns = Targets.SelectMany(target => Labels.Select(count => (Target: target, Labels: count, Name: string.Create(CultureInfo.InvariantCulture, $"{target * 100:0} %, {count} labels")))).ToList();
        await to.WriteLineAsync($"| set |{string.Concat(columns.Select(column => $" {column.Name} |"))}\n|---|{string.Concat(columns.Select(_ => "---|"))}");
        var cells = new List<(string Name, Draws Draws)>();
        foreach (var set in sets)
        {
            var row = columns.ConvertAll(column => Draw(set, column.Target, column.Labels, resamples));
            await to.WriteLineAsync($"| {set.Sample.Name} |{string.Concat(row.Select(cell => $" {cell} |"))}");
            cells.AddRange(row.Zip(columns, (cell, column) => ($"{set.Sample.Name}, {column.Name}", cell)));
        }
        var total = cells.Aggregate(new Draws(), (sum, cell) => sum + cell.Draws);
        var worst = cells.MinBy(cell => cell.Draws.KeptOfAll);
        await to.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"\nAll together: of {total.All} draws {total.Certified} certified a threshold, and {(double)total.Kept / Math.Max(1, total.Certified):P1} of these kept the promise. Kept least often: {worst.Draws.KeptOfAll:F3} ({worst.Name}); the goal of {Goal} is {(worst.Draws.KeptOfAll >= Goal ? "met" : "MISSED")}.\n"));
    }

    private static Draws Draw(HeldOut set, double target, int count, int resamples)
    {
        var half = Enumerable.Range(0, set.Confidences.Count).OrderByDescending(i => set.Confidences[i]).Take(set.Confidences.Count / 2).ToArray();
        var above = (double)half.Length / set.Confidences.Count;
        var cut = set.Confidences[half[^1]];
        var isRepeated = half.Length - count < FewestLeft;
        var draws = new Draws(IsRepeated: isRepeated);
        for (var draw = 0; draw < resamples; draw++)
        {
            var (labelled, others) = isRepeated ? (new Random(draw).GetItems(half, count), half) : Split(half, count, draw);
            var certificate = MakeCertificate.Of(
                [.. labelled.Select(i => new DrawnLabel(set.Confidences[i], !set.Sample.Rows[i].IsRight, cut, above))], target, knowledge: 0, DateTimeOffset.UnixEpoch);
            var answered = certificate.Threshold is { } threshold ? Array.FindAll(others, i => set.Confidences[i] >= threshold) : [];
            var isKept = answered.Count(i => !set.Sample.Rows[i].IsRight) <= target * answered.Length;
            var isCertified = certificate.State == CertificateState.Certified;
            draws += new Draws(1, isCertified ? 1 : 0, isCertified && isKept ? 1 : 0, above * answered.Length / others.Length);
        }
        return draws;
    }

    private static (int[] Labelled, int[] Others) Split(int[] half, int count, int draw)
    {
        var order = (int[])half.Clone();
        new Random(draw).Shuffle(order);
        return (order[..count], order[count..]);
    }

    /// <param name="Kept">Of the <paramref name="Certified"/> ones.</param>
    /// <param name="Answered">Shares, added up.</param>
    /// <param name="IsRepeated">A question could be drawn several times.</param>
    private sealed record Draws(int All = 0, int Certified = 0, int Kept = 0, double Answered = 0, bool IsRepeated = false)
    {
        public double KeptOfAll => (double)(All - Certified + Kept) / All;

        public static Draws operator +(Draws one, Draws other) =>
            new(one.All + other.All, one.Certified + other.Certified, one.Kept + other.Kept, one.Answered + other.Answered, one.IsRepeated || other.IsRepeated);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{KeptOfAll:F3}; {(Certified == 0 ? "–" : ((double)Kept / Certified).ToString("F3", CultureInfo.InvariantCulture))} of {Certified}; {Answered / All:F2}{(IsRepeated ? "*" : "")}");
    }
}
