using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Confidence;

namespace Support.Bench.Quality.Training;

/// <summary>
/// Fits the weights of <see cref="ConfidenceModel"/> on the public sets, holds each out in turn and says how well it is judged then, and whether the
/// shipped weights are these.
/// </summary>
internal static class TrainConfidenceCommand
{
    private const string Usage = "train-confidence [--data DIR] [--write FILE] [--full-scan] [--resamples N]";

    // The weights are shipped with so many decimals.
    private const int Decimals = 6;

    private static readonly string[] Sets =
    [
        "vkcloud_ru", "vkcloud_ru:removed", "xquad_sent_ru", "xquad_sent_en", "squad2_dev", "stackfaq_en", "stackfaq_en:removed", "hint3_curekart", "banking77_oos", "clinc150_oos",
    ];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <returns>0; 1 when the shipped weights differ; 2 when the command line was wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        try
        {
            var options = TrainConfidenceOptions.Parse(args);
            var samples = await ReadAsync(options.Data, fullScan: false, stderr, cancellation);
            var heldOut = HoldOut(samples);
            var full = options.FullScan ? HoldOut(await ReadAsync(options.Data, fullScan: true, stderr, cancellation)) : null;
            await HeldOutTable.WriteAsync(heldOut, full, stdout);
            await ThresholdTable.WriteAsync(heldOut, stdout);
            await CalibrationTable.WriteAsync(heldOut, stdout);
            await PromiseTable.WriteAsync(heldOut, options.Resamples, stdout);
            return await CompareAsync(LogisticFit.Of(samples), options, stdout);
        }
        catch (UsageException e)
        {
            await stderr.WriteLineAsync($"{e.Message}\nUsage: {Usage}");
            return 2;
        }
    }

    private static List<HeldOut> HoldOut(List<TrainingSample> samples) =>
        samples.ConvertAll(sample => new HeldOut(sample, LogisticFit.Of(samples.FindAll(other => other.Tenant != sample.Tenant))));

    private static async Task<List<TrainingSample>> ReadAsync(string data, bool fullScan, TextWriter progress, CancellationToken cancellation)
    {
        var samples = new List<TrainingSample>();
        foreach (var name in Sets)
        {
            var parts = name.Split(':');
            samples.Add(TrainingSample.Of(QualitySet.Open(Path.Combine(data, parts[0]), parts.Length > 1 ? parts[1] : ""), fullScan, cancellation));
            await progress.WriteLineAsync($"{name}: {samples[^1].Rows.Count} questions{(fullScan ? ", all chunks read" : "")}");
        }
        return samples;
    }

    private static async Task<int> CompareAsync(LogisticFit fit, TrainConfidenceOptions options, TextWriter stdout)
    {
        var made = new JsonObject { ["features"] = new JsonObject(), ["intercept"] = Math.Round(fit.Intercept, Decimals) };
        for (var i = 0; i < ConfidenceFeatures.Weighed.Count; i++)
            made["features"]![ConfidenceFeatures.Weighed[i]] = new JsonObject
            {
                ["mean"] = Math.Round(fit.Mean[i], Decimals),
                ["deviation"] = Math.Round(fit.Deviation[i], Decimals),
                ["coefficient"] = Math.Round(fit.Coefficient[i], Decimals),
            };
        await stdout.WriteLineAsync(made.ToJsonString(Indented));
        if (options.Write is { } file)
        {
            await File.WriteAllTextAsync(file, made.ToJsonString(Indented) + "\n");
            await stdout.WriteLineAsync($"Written to {file}; build again to ship them.");
            return 0;
        }
        var difference = new[] { Differ(fit.Mean, ConfidenceModel.Mean), Differ(fit.Deviation, ConfidenceModel.Deviation), Differ(fit.Coefficient, ConfidenceModel.Coefficient), Math.Abs(fit.Intercept - ConfidenceModel.Intercept) }.Max();
        var isSame = difference <= .5 * Math.Pow(10, -Decimals) + 1e-12;
        await stdout.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(isSame ? "These are the shipped weights" : "The shipped weights are OTHERS")}: greatest difference {difference:E1}."));
        return isSame ? 0 : 1;
    }

    private static double Differ(double[] one, double[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();
}
