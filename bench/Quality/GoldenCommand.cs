using System.Globalization;
using System.Text.Json;
using Support.Knowledge;
using Support.Retrieval;
using Support.Text;

namespace Support.Bench.Quality;

/// <summary>
/// Compares ranking, part by part, with rankings that were written down when the recipe was found. What has been changed since is left out: the sum of the
/// parts, and what <see cref="Leave"/> and <see cref="HasOtherWindows"/> name.
/// </summary>
internal static class GoldenCommand
{
    private const string Usage = "golden --data DIR --golden FILE   (what differs is printed)";

    // Four decimals were written down.
    private const double Rounding = 1.1e-4;

    /// <returns>0; 1 where a repaired text or a part differs; 2 when the command line was wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        if (args is not ["--data", var data, "--golden", var golden])
        {
            await stderr.WriteLineAsync($"Usage: {Usage}");
            return 2;
        }
        QualitySet set;
        try
        {
            set = QualitySet.Open(data, "");
            if (!File.Exists(golden))
                throw new UsageException($"--golden {golden}: there is no such file.");
        }
        catch (UsageException e)
        {
            await stderr.WriteLineAsync($"{e.Message}\nUsage: {Usage}");
            return 2;
        }
        var documents = set.Documents().ToList();
        var index = new TenantIndex();
        index.Apply(documents.Select((document, id) => QualityRun.ChunkOf(document, id)).ToList(), []);
        var agreement = new Agreement();
        await foreach (var line in File.ReadLinesAsync(golden, cancellation))
            Compare(line, index, documents, agreement, stdout);
        await stdout.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{agreement.Questions} questions, {agreement.Passages} passages: {agreement.OtherText} repaired to another text, {agreement.NoCandidate} passages no candidates, {agreement.Apart} with a part that differs; "
            + $"greatest difference: stage one {agreement.StageOne:F4}, pairs {agreement.Pairs:F4}, windows {agreement.Windows:F4}. Left out: names by ear of {agreement.ByEar} questions, families of function words of {agreement.OfFunction}, windows of {agreement.NoWindows}."));
        return agreement.IsSame ? 0 : 1;
    }

    private static void Compare(string line, TenantIndex index, List<QualityDocument> documents, Agreement agreement, TextWriter stdout)
    {
        using var json = JsonDocument.Parse(line);
        var question = json.RootElement.GetProperty("query").GetString()!;
        var (plan, snapshot) = index.Plan(question);
        agreement.Questions++;
        Leave(plan, snapshot.Lexicon, agreement);
        var hasWindows = !HasOtherWindows(plan.Question.Tokens);
        agreement.NoWindows += hasWindows ? 0 : 1;
        if (string.Join(' ', plan.Question.Tokens) is var repaired && repaired != json.RootElement.GetProperty("repaired").GetString())
        {
            agreement.OtherText++;
            stdout.WriteLine($"- {question}: repaired to \"{repaired}\"");
        }
        var found = Ranking.Rank(plan, snapshot, Audience.Customers).Candidates.ToDictionary(candidate => documents[(int)candidate.Entry.Chunk.DocumentId].Id);
        foreach (var expected in json.RootElement.GetProperty("top").EnumerateArray().Select(Expected.Of))
        {
            agreement.Passages++;
            if (!found.TryGetValue(expected.Id, out var candidate))
            {
                agreement.NoCandidate++;
                stdout.WriteLine($"- {question}: {expected.Id} is no candidate");
            }
            else if (agreement.Measure(expected, candidate, hasWindows) > Rounding)
            {
                agreement.Apart++;
                stdout.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"- {question}: {expected.Id}: stage one {candidate.StageOne:F4} for {expected.StageOne:F4}, pairs {candidate.Pairs:F4} for {expected.Pairs:F4}, windows {candidate.Narrow:F4} {candidate.Wide:F4} for {expected.Narrow:F4} {expected.Wide:F4}"));
            }
        }
    }

    /// <summary>The recipe did not know names by ear, and the program that wrote the rankings down gave function words no family ("some": "something").</summary>
    private static void Leave(QuestionPlan plan, Lexicon lexicon, Agreement agreement)
    {
        var functions = plan.Question.Tokens.Where(WordLists.Function.Contains).Select(Stemmer.Stem).ToHashSet(StringComparer.Ordinal);
        var (byEar, ofFunction) = (0, 0);
        foreach (var stem in plan.Stems)
        {
            byEar += stem.Variants.RemoveAll(variant => variant.Weight == VariantWeights.SoundAlike);
            if (functions.Contains(stem.Text))
                ofFunction += stem.Variants.RemoveAll(variant => variant.Weight == VariantWeights.Family(stem.Text, lexicon.StemText(variant.Id)));
        }
        agreement.ByEar += byEar > 0 ? 1 : 0;
        agreement.OfFunction += ofFunction > 0 ? 1 : 0;
    }

    /// <summary>In windows "how often" weighs what "how" does; it did not.</summary>
    private static bool HasOtherWindows(IReadOnlyList<string> tokens) => Enumerable.Range(0, tokens.Count).Any(at => QuestionForms.IsMeasure(tokens, at));

    private sealed record Expected(string Id, double StageOne, double Pairs, double Narrow, double Wide)
    {
        public static Expected Of(JsonElement json) => new(
            json.GetProperty("id").GetString()!, json.GetProperty("stage1").GetDouble(),
            json.GetProperty("bigrams").GetDouble(), json.GetProperty("cover8").GetDouble(), json.GetProperty("cover16").GetDouble());
    }

    private sealed class Agreement
    {
        public int Questions { get; set; }

        public int ByEar { get; set; }

        public int OfFunction { get; set; }

        public int NoWindows { get; set; }

        public int Passages { get; set; }

        public int OtherText { get; set; }

        public int NoCandidate { get; set; }

        public int Apart { get; set; }

        public double StageOne { get; private set; }

        public double Pairs { get; private set; }

        public double Windows { get; private set; }

        public bool IsSame => Questions > 0 && OtherText + NoCandidate + Apart == 0;

        /// <returns>The greatest difference of its parts.</returns>
        public double Measure(Expected expected, Candidate found, bool hasWindows)
        {
            var stageOne = Math.Abs(expected.StageOne - found.StageOne);
            var pairs = Math.Abs(expected.Pairs - found.Pairs);
            var windows = !hasWindows ? 0 : Math.Max(Math.Abs(expected.Narrow - found.Narrow), Math.Abs(expected.Wide - found.Wide));
            (StageOne, Pairs, Windows) = (Math.Max(StageOne, stageOne), Math.Max(Pairs, pairs), Math.Max(Windows, windows));
            return Math.Max(stageOne, Math.Max(pairs, windows));
        }
    }
}
