using System.Text.Json;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Quality;

/// <summary>Compares ranking, part by part, with rankings that were written down when the recipe was found.</summary>
internal static class GoldenCommand
{
    private const double Rounding = 1e-4;

    public static async Task<int> RunAsync(string[] args, TextWriter stdout, TextWriter stderr, CancellationToken cancellation)
    {
        if (args is not ["--data", var data, "--golden", var golden])
        {
            await stderr.WriteLineAsync("Usage: golden --data DIR --golden FILE");
            return 2;
        }
        var documents = QualitySet.Open(data, "").Documents().ToList();
        var index = new TenantIndex();
        index.Apply(documents.Select((document, id) => QualityRun.ChunkOf(document, id)).ToList(), []);
        var agreement = new Agreement();
        await foreach (var line in File.ReadLinesAsync(golden, cancellation))
            Compare(line, index, documents, agreement, stdout);
        await stdout.WriteLineAsync(
            $"{agreement.Questions} questions: {agreement.SameText} with the same repaired text, {agreement.SameFirst} with the same first document, "
            + $"{agreement.SameFive} with the same five in order; greatest difference: score {agreement.Score:F4}, stage one {agreement.StageOne:F4}, "
            + $"pairs {agreement.Pairs:F4}, windows {agreement.Windows:F4}");
        return 0;
    }

    private static void Compare(string line, TenantIndex index, List<QualityDocument> documents, Agreement agreement, TextWriter stdout)
    {
        using var json = JsonDocument.Parse(line);
        var expected = json.RootElement.GetProperty("top").EnumerateArray().Select(Expected.Of).ToList();
        var question = json.RootElement.GetProperty("query").GetString()!;
        var ranked = index.Rank(question, Audience.Customers);
        var found = ranked.Candidates.Select(candidate => documents[(int)candidate.Entry.Chunk.DocumentId].Id).ToList();
        agreement.Questions++;
        agreement.SameText += string.Join(' ', ranked.Plan.Question.Tokens) == json.RootElement.GetProperty("repaired").GetString() ? 1 : 0;
        agreement.SameFirst += found.Count > 0 && found[0] == expected[0].Id ? 1 : 0;
        var same = SameOrder(expected, found);
        agreement.SameFive += same ? 1 : 0;
        if (!same)
            stdout.WriteLine($"- {question}");
        foreach (var one in expected)
        {
            var at = found.IndexOf(one.Id);
            if (at < 0)
            {
                stdout.WriteLine($"  {one.Id} is no candidate");
                continue;
            }
            agreement.Measure(one, ranked.Candidates[at]);
            if (!same)
                stdout.WriteLine(
                    $"  {one.Id}: place {at + 1}, score {ranked.Candidates[at].Score:F4} for {one.Score:F4}, stage one {ranked.Candidates[at].StageOne:F4} for "
                    + $"{one.StageOne:F4}, pairs {ranked.Candidates[at].Pairs:F4} for {one.Pairs:F4}, windows {ranked.Candidates[at].Narrow:F4} {ranked.Candidates[at].Wide:F4} for "
                    + $"{one.Narrow:F4} {one.Wide:F4}");
        }
    }

    /// <summary>Documents whose expected scores are the same number may change places.</summary>
    private static bool SameOrder(List<Expected> expected, List<string> found)
    {
        if (found.Count < expected.Count)
            return false;
        for (var i = 0; i < expected.Count; i++)
        {
            var at = expected.FindIndex(one => one.Id == found[i]);
            if (at < 0 || Math.Abs(expected[at].Score - expected[i].Score) > Rounding)
                return false;
        }
        return true;
    }

    private sealed record Expected(string Id, double Score, double StageOne, double Pairs, double Narrow, double Wide)
    {
        public static Expected Of(JsonElement json) => new(
            json.GetProperty("id").GetString()!, json.GetProperty("score").GetDouble(), json.GetProperty("stage1").GetDouble(),
            json.GetProperty("bigrams").GetDouble(), json.GetProperty("cover8").GetDouble(), json.GetProperty("cover16").GetDouble());
    }

    private sealed class Agreement
    {
        public int Questions { get; set; }

        public int SameText { get; set; }

        public int SameFirst { get; set; }

        public int SameFive { get; set; }

        public double Score { get; private set; }

        public double StageOne { get; private set; }

        public double Pairs { get; private set; }

        public double Windows { get; private set; }

        public void Measure(Expected expected, Candidate found)
        {
            Score = Math.Max(Score, Math.Abs(expected.Score - found.Score));
            StageOne = Math.Max(StageOne, Math.Abs(expected.StageOne - found.StageOne));
            Pairs = Math.Max(Pairs, Math.Abs(expected.Pairs - found.Pairs));
            Windows = Math.Max(Windows, Math.Max(Math.Abs(expected.Narrow - found.Narrow), Math.Abs(expected.Wide - found.Wide)));
        }
    }
}
