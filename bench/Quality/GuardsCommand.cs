using System.Diagnostics;
using System.Text.Json;
using Support.Generation.Guards;

namespace Support.Bench.Quality;

/// <summary>False alarms of the guards on real questions and documents: which of a set's are taken for injections, and in which personal data is seen.</summary>
internal static class GuardsCommand
{
    private const string Usage = "guards --data DIR [--documents COUNT]   (questions that are flagged are printed as errors)";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        if (args is not (["--data", _] or ["--data", _, "--documents", _]) || args.Length > 2 && !int.TryParse(args[3], out _))
        {
            await stderr.WriteLineAsync($"Usage: {Usage}");
            return 2;
        }
        QualitySet set;
        try
        {
            set = QualitySet.Open(args[1], "");
        }
        catch (UsageException e)
        {
            await stderr.WriteLineAsync($"{e.Message}\nUsage: {Usage}");
            return 2;
        }
        var questions = set.Questions().Select(question => question.Text).ToList();
        var documents = set.Documents().Take(args.Length > 2 ? int.Parse(args[3]) : 0).Select(document => document.Title + "\n" + document.Text).ToList();
        var asked = await CountAsync("question", questions, stderr, cancellation);
        var written = await CountAsync("document", documents, stderr, cancellation);
        await stdout.WriteLineAsync(JsonSerializer.Serialize(new GuardsReport(set.Name, asked, written), Json));
        return 0;
    }

    private static async Task<GuardsCount> CountAsync(string kind, List<string> texts, TextWriter progress, CancellationToken cancellation)
    {
        int attempts = 0, personal = 0;
        TimeSpan signsTook = TimeSpan.Zero, maskTook = TimeSpan.Zero;
        foreach (var text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = Stopwatch.GetTimestamp();
            var signs = InjectionSigns.Of(text);
            signsTook += Stopwatch.GetElapsedTime(before);
            before = Stopwatch.GetTimestamp();
            var isPersonal = PersonalData.IsIn(text);
            maskTook += Stopwatch.GetElapsedTime(before);
            attempts += signs.IsAttempt ? 1 : 0;
            personal += isPersonal ? 1 : 0;
            if (signs.IsAttempt)
                await progress.WriteLineAsync($"{kind} {string.Join(", ", signs.Names)}: {text.ReplaceLineEndings(" ")[..Math.Min(160, text.ReplaceLineEndings(" ").Length)]}");
            if (isPersonal)
                await progress.WriteLineAsync($"{kind} personal data");
        }
        return new GuardsCount(texts.Count, attempts, personal, Mean(signsTook, texts.Count), Mean(maskTook, texts.Count));
    }

    private static double Mean(TimeSpan all, int count) => count == 0 ? 0 : Math.Round(all.TotalMilliseconds / count, 3);
}

/// <param name="Attempts">Taken for injections.</param>
/// <param name="Personal">With personal data.</param>
/// <param name="SignsMs">Mean time of looking for signs, in milliseconds.</param>
/// <param name="PersonalMs">Mean time of looking for personal data.</param>
internal sealed record GuardsCount(int Count, int Attempts, int Personal, double SignsMs, double PersonalMs);

internal sealed record GuardsReport(string Set, GuardsCount Questions, GuardsCount Documents);
