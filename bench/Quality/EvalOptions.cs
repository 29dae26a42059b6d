namespace Support.Bench.Quality;

/// <param name="Variant">As given; see <see cref="QualitySet"/>.</param>
/// <param name="Typed">One of <see cref="QuestionDistortion.Ways"/>.</param>
/// <param name="Chunked">Cut records as the desk does.</param>
/// <param name="Language">What the questions are in. Ranking takes every word by its own script, so it changes no result; it is checked and accepted.</param>
internal sealed record EvalOptions(string Data, string Variant, int Max, string Language, string Typed, bool Chunked)
{
    private const string AsTheyStand = "clean";

    /// <summary>The stand-in for an embedding model.</summary>
    public const string Grams = "grams";

    private static readonly string[] Languages = ["auto", "ru", "en"];

    /// <summary>A folder of vectors, or <see cref="Grams"/>; null: without. Then a table of weights is printed in place of the report.</summary>
    public string? Embeddings { get; init; }

    /// <summary>"scripted", or "set": as the settings name them; null: without. Then a report of answers is printed in place of that of ranking.</summary>
    public string? Model { get; init; }

    /// <summary>The stand-in for a model that writes questions.</summary>
    public const string HeldOut = "held-out";

    /// <summary>A file of questions written for documents, or <see cref="HeldOut"/>; null: without. Then a table of weights is printed in place of the report.</summary>
    public string? Questions { get; init; }

    /// <exception cref="UsageException">An option is unknown, lacks its value, or has a bad one.</exception>
    public static EvalOptions Parse(string[] args)
    {
        var options = new EvalOptions("", "", int.MaxValue, "auto", AsTheyStand, Chunked: false);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--data" => options with { Data = Value(args, ref i) },
                "--variant" => options with { Variant = Value(args, ref i) },
                "--max" => options with { Max = Number(Value(args, ref i)) },
                "--language" => options with { Language = KnownLanguage(Value(args, ref i)) },
                "--typed" => options with { Typed = KnownWay(Value(args, ref i)) },
                "--embeddings" => options with { Embeddings = Value(args, ref i) },
                "--model" => options with { Model = KnownModel(Value(args, ref i)) },
                "--questions" => options with { Questions = Value(args, ref i) },
                "--chunked" => options with { Chunked = true },
                var unknown => throw new UsageException($"{unknown} is no option of eval."),
            };
        }
        if (options is { Chunked: true, Embeddings: not (null or Grams) })
            throw new UsageException("--embeddings DIR has vectors of whole records, --chunked cuts them: give one of the two.");
        if (options.Model is not null && (options.Typed != AsTheyStand || options.Chunked))
            throw new UsageException("--model asks the questions as they stand, of documents cut as the desk cuts them: leave --typed and --chunked out.");
        if (options is { Questions: not null, Embeddings: not null })
            throw new UsageException("--embeddings and --questions print a table each: give one of the two.");
        return options.Data.Length > 0 ? options : throw new UsageException("--data is missing: the folder of the set to measure.");
    }

    private static string Value(string[] args, ref int at) =>
        at + 1 < args.Length ? args[++at] : throw new UsageException($"{args[at]} needs a value.");

    private static int Number(string value) =>
        int.TryParse(value, out var number) && number > 0 ? number : throw new UsageException($"--max {value}: give a whole number above 0.");

    private static string KnownWay(string value) =>
        QuestionDistortion.Ways.Contains(value) ? value : throw new UsageException($"--typed {value}: give one of {string.Join(", ", QuestionDistortion.Ways)}.");

    private static string KnownModel(string value) =>
        value is Models.AnswerRun.Scripted or "set" ? value : throw new UsageException($"--model {value}: give set (the models of your settings) or scripted.");

    private static string KnownLanguage(string value) =>
        Languages.Contains(value) ? value : throw new UsageException($"--language {value}: give auto, ru or en.");
}
