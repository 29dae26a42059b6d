using System.Globalization;

namespace Support.Bench.Quality.Training;

/// <param name="Data">The folder with the folders of the sets.</param>
/// <param name="Write">Where to put the weights; null to compare them with the shipped ones.</param>
/// <param name="Resamples">How often labels are drawn from each set to see whether the promise is kept.</param>
internal sealed record TrainConfidenceOptions(string Data, string? Write, bool FullScan, int Resamples)
{
    /// <exception cref="UsageException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static TrainConfidenceOptions Parse(string[] args)
    {
        var options = new TrainConfidenceOptions(Path.Combine("..", "shared", "data"), null, FullScan: false, Resamples: 1_000);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--data" => options with { Data = Value(args, ref i) },
                "--write" => options with { Write = Value(args, ref i) },
                "--full-scan" => options with { FullScan = true },
                "--resamples" => options with { Resamples = Number(Value(args, ref i)) },
                var unknown => throw new UsageException($"{unknown} is no option of train-confidence."),
            };
        }
        return options;
    }

    private static string Value(string[] args, ref int at) =>
        at + 1 < args.Length ? args[++at] : throw new UsageException($"{args[at]} needs a value.");

    private static int Number(string value) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new UsageException($"--resamples {value}: give a whole number above 0.");
}
