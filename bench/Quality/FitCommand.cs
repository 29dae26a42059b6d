using Support.Confidence;

namespace Support.Bench.Quality;

/// <summary>
/// Fits the constants of <see cref="ConfidenceModel"/> on several sets, and says how each is judged by a model that never saw it
/// (sets of one folder are one tenant and are held out together).
/// </summary>
internal static class FitCommand
{
    private static readonly double[] Thresholds = [.5, .6, .65, .7, .75, .8];

    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        if (args.Length == 0)
        {
            await stderr.WriteLineAsync("Usage: fit DIR[:VARIANT] DIR[:VARIANT] …");
            return 2;
        }
        var samples = new List<FitSample>();
        foreach (var argument in args)
        {
            var parts = argument.Split(':');
            var set = QualitySet.Open(parts[0], parts.Length > 1 ? parts[1] : "");
            samples.Add(FitSample.Of(set, await QualityRun.OfAsync(set, int.MaxValue, "clean", chunked: false, stderr, cancellation)));
        }
        await stdout.WriteLineAsync($"{"set",-24} {"n",6} {"base",6} {"held out",9} {"self",7}   single features: {string.Join(' ', FitSample.Weighed)}");
        var heldOut = 0.0;
        foreach (var sample in samples)
        {
            var model = LogisticFit.Of(samples.Where(other => other.Tenant != sample.Tenant).ToList());
            var own = LogisticFit.Of([sample]);
            heldOut += Auroc(sample, model) / samples.Count;
            await stdout.WriteLineAsync(
                $"{sample.Name,-24} {sample.Rows.Count,6} {sample.BaseRate,6:F3} {Auroc(sample, model),9:F3} {Auroc(sample, own),7:F3}   "
                + string.Join(' ', FitSample.Weighed.Select((_, i) => $"{Auroc(sample, values => values[i]):F2}")));
        }
        await stdout.WriteLineAsync($"mean held out {heldOut:F4}");
        await stdout.WriteLineAsync($"held out, by threshold: answered / wrong of answered / answered of right{string.Concat(Thresholds.Select(at => $"{at,22:F2}"))}");
        foreach (var sample in samples)
        {
            var model = LogisticFit.Of(samples.Where(other => other.Tenant != sample.Tenant).ToList());
            await stdout.WriteLineAsync($"{sample.Name,-24} {string.Concat(Thresholds.Select(at => $"{AtThreshold(sample, model, at),22}"))}");
        }
        await stdout.WriteLineAsync(LogisticFit.Of(samples).ToString());
        return 0;
    }

    private static string AtThreshold(FitSample sample, LogisticFit model, double threshold)
    {
        var answered = sample.Rows.Where(row => row.IsJudged && row.Gate * model.Probability(row.Values) >= threshold).ToList();
        var right = answered.Count(row => row.Correct);
        return $"{(double)answered.Count / sample.Rows.Count:F2} / {(answered.Count == 0 ? 0 : 1 - (double)right / answered.Count):F3} / {(double)right / sample.Rows.Count(row => row.Correct):F2}";
    }

    private static double Auroc(FitSample sample, LogisticFit model) =>
        EscalationMetrics.Auroc(sample.Rows.Select(row => (row.IsJudged ? row.Gate * model.Probability(row.Values) : 0, row.Correct))) ?? double.NaN;

    private static double Auroc(FitSample sample, Func<double[], double> score) =>
        EscalationMetrics.Auroc(sample.Rows.Select(row => (row.IsJudged ? score(row.Values) : double.MinValue, row.Correct))) ?? double.NaN;
}

/// <summary>The features of every question of a set, and whether its first passage was right.</summary>
internal sealed record FitSample(string Name, string Tenant, IReadOnlyList<FitRow> Rows)
{
    public static IReadOnlyList<string> Weighed { get; } = ConfidenceFeatures.Names.Where(name => name != ConfidenceFeatures.Coverage).ToList();

    public double BaseRate => (double)Rows.Count(row => row.Correct) / Rows.Count;

    public static FitSample Of(QualitySet set, QualityRun run)
    {
        var judged = EvalCommand.Judge(run.Asked, set.Judgements());
        return new FitSample(set.Name + set.Suffix, set.Name, run.Asked.Zip(judged, (asked, one) => new FitRow(
            Weighed.Select(name => asked.Retrieved.Features[name]).ToArray(),
            ConfidenceModel.Gate(asked.Retrieved.Features[ConfidenceFeatures.Coverage]),
            one.Correct,
            asked.Found.Count > 0 && asked.Retrieved.ContentWords > 0)).ToList());
    }
}

/// <param name="Gate">What the probability is multiplied with.</param>
internal sealed record FitRow(double[] Values, double Gate, bool Correct, bool IsJudged);
