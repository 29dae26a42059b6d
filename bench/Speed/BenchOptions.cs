namespace Support.Bench.Speed;

/// <param name="Verb">intake, answer, ingest, start, scale, cold, azure, search, vectors, chain or faults; null for the first four in turn.</param>
/// <param name="Data">Folder of corpus.jsonl and queries.jsonl; where it is not there, seeded text takes their place. For search the folder of all such folders.</param>
/// <param name="Runs">Each measurement is repeated so often, and the run with the median figure is printed.</param>
internal sealed record BenchOptions(string? Verb, string Data, int Runs, int Seconds, int Rate, double Threshold, bool Compact)
{
    public static readonly string[] Verbs = ["intake", "answer", "ingest", "start"];

    /// <summary>Of the published function apps: they must be published and Azurite installed before.</summary>
    public static readonly string[] OfFunctionApps = ["cold", "azure"];

    /// <summary>Takes minutes to prepare, and says nothing about the speed of a small desk.</summary>
    public const string Scale = "scale";

    /// <summary>The index alone: no server, no database.</summary>
    public const string Search = "search";

    /// <summary>The exact scans of vectors alone.</summary>
    public const string Vectors = "vectors";

    /// <summary>What models add, with one that takes no time.</summary>
    public const string Chain = "chain";

    /// <summary>With models that fail.</summary>
    public const string Faults = "faults";

    /// <summary>How large the index is, for <see cref="Search"/>.</summary>
    public int Chunks { get; init; } = 150_000;

    /// <summary>How many companies, for <see cref="Scale"/>.</summary>
    public int Tenants { get; init; } = 1_000;

    /// <summary>How many customers' chats, for <see cref="Scale"/>.</summary>
    public int Conversations { get; init; } = 1_000_000;

    /// <exception cref="UsageException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static BenchOptions Parse(string[] args)
    {
        var sets = Path.Combine(Repository.Root, "..", "shared", "data");
        var options = new BenchOptions(null, args is [Search, ..] ? sets : Path.Combine(sets, "vkcloud_ru"), Runs: 1, Seconds: 20, Rate: 0, Threshold: 0, Compact: false);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Compact = true },
                "--data" => options with { Data = Value(args, ref i) },
                "--runs" => options with { Runs = Number(args, ref i) },
                "--seconds" => options with { Seconds = Number(args, ref i) },
                "--rate" => options with { Rate = Number(args, ref i) },
                "--threshold" => options with { Threshold = Share(args, ref i) },
                "--tenants" => options with { Tenants = Number(args, ref i) },
                "--chunks" => options with { Chunks = Number(args, ref i) },
                "--conversations" => options with { Conversations = Number(args, ref i) },
                var verb when i == 0 && (verb is Scale or Search or Vectors or Chain or Faults || Verbs.Contains(verb) || OfFunctionApps.Contains(verb)) => options with { Verb = verb },
                var unknown => throw new UsageException($"{unknown} is no option of bench."),
            };
        }
        return options;
    }

    private static string Value(string[] args, ref int at) =>
        at + 1 < args.Length ? args[++at] : throw new UsageException($"{args[at]} needs a value.");

    private static int Number(string[] args, ref int at)
    {
        var option = args[at];
        var value = Value(args, ref at);
        return int.TryParse(value, out var number) && number > 0 ? number : throw new UsageException($"{option} {value}: give a whole number above 0.");
    }

    private static double Share(string[] args, ref int at)
    {
        var option = args[at];
        var value = Value(args, ref at);
        return double.TryParse(value, out var share) && share is >= 0 and <= 1 ? share : throw new UsageException($"{option} {value}: give a number from 0 to 1.");
    }
}
