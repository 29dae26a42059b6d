using System.Globalization;
using Support.Confidence;

namespace Support.Bench.Quality.Training;

/// <summary>
/// How far the percentage that people are shown is from the truth: a company's labels are drawn at random, <see cref="RefitModel"/> is fitted on them, and
/// the expected calibration error taken over all other questions.
/// </summary>
internal static class CalibrationTable
{
    private const int Draws = 20;
    private static readonly int[] Labels = [25, 50, 200];

    public static async Task WriteAsync(IReadOnlyList<HeldOut> sets, TextWriter to)
    {
        await to.WriteLineAsync($"Each set held out: expected calibration error (15 bins of equal size) without labels, taken for a percentage, and after {string.Join(", ", Labels)} labels of the set; means of {Draws} draws.\n");
        await to.WriteLineAsync($"| set | none |{string.Concat(Labels.Select(count => $" {count} |"))}\n|---|---|{string.Concat(Labels.Select(_ => "---|"))}");
        var sums = new double[Labels.Length + 1];
        foreach (var set in sets)
        {
            double[] errors = [set.Metrics().Ece, .. Labels.Select(count => Enumerable.Range(0, Draws).Average(draw => Error(set, count, draw)))];
            for (var i = 0; i < errors.Length; i++)
                sums[i] += errors[i];
            await to.WriteLineAsync($"| {set.Sample.Name} |{Cells(errors)}");
        }
        await to.WriteLineAsync($"| **mean** |{Cells([.. sums.Select(sum => sum / sets.Count)])}\n");
    }

    private static double Error(HeldOut set, int count, int draw)
    {
        var order = Enumerable.Range(0, set.Sample.Rows.Count).ToArray();
        new Random(draw).Shuffle(order);
        var model = RefitModel.Of([.. order.Take(count).Select(i => new FittedLabel(Named(set.Sample.Rows[i]), set.Confidences[i], set.Sample.Rows[i].IsRight))]);
        return EscalationMetrics.Of([.. order.Skip(count).Select(i =>
        {
            var row = set.Sample.Rows[i];
            return new JudgedQuestion(model?.Probability(Named(row), set.Confidences[i]) ?? set.Confidences[i], row.IsRight, row.Topic == Topics.Known);
        })]).Ece;
    }

    private static Dictionary<string, double> Named(TrainingRow row) =>
        ConfidenceFeatures.Names.Select((name, i) => (name, row.Features[i])).ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);

    private static string Cells(IReadOnlyList<double> errors) => string.Concat(errors.Select(error => string.Create(CultureInfo.InvariantCulture, $" {error:F3} |")));
}
