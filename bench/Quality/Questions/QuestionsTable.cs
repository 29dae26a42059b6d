using System.Text.Json.Serialization;
using Support.Knowledge;
using Support.Retrieval;
using Support.Retrieval.Written;

namespace Support.Bench.Quality.Questions;

/// <summary>How well a set is ranked and judged without written questions, and with them at each weight: what an owner chooses Support__Retrieval__QuestionsWeight by.</summary>
internal static class QuestionsTable
{
    private const int Depth = 10;

    private static readonly double[] Weights = [0, .1, .2, .3, .4, .5, .7, 1];

    public static async Task<IReadOnlyList<QuestionsRow>> OfAsync(QualitySet set, EvalOptions options, TextWriter progress, CancellationToken cancellation)
    {
        var documents = set.Documents().ToList();
        var questions = set.Questions().Take(options.Max).ToList();
        var judgements = set.Judgements();
        List<WrittenSet> sets = options.Questions == EvalOptions.HeldOut
            ? [.. WrittenSet.HeldOut(questions, judgements)]
            : [WrittenSet.Read(options.Questions!, documents, questions)];
        sets = sets.ConvertAll(one => one with { Asked = [.. one.Asked.Select(question => question with { Text = QuestionDistortion.Of(options.Typed, question.Text) })] });
        var chunks = options.Chunked
            ? await ChunkedCorpus.CutAsync(set, documents, progress, cancellation)
            : documents.Select((document, id) => QualityRun.ChunkOf(document, id)).ToList();
        await progress.WriteLineAsync($"{chunks.Count} chunks; {string.Join(", ", sets.Select(one => $"{one.Written.Count} documents with questions, {one.Asked.Count} asked"))}.");
        var titles = documents.DistinctBy(document => document.Id).ToDictionary(document => document.Id, document => document.Title);
        var rows = new List<QuestionsRow>();
        foreach (var weight in Weights)
        {
            var asked = new List<AskedQuestion>();
            foreach (var one in sets)
                asked.AddRange(Ask(one, chunks, documents, weight, cancellation));
            rows.Add(Row(weight, asked, judgements, documents, titles));
        }
        return rows;
    }

    private static IEnumerable<AskedQuestion> Ask(WrittenSet set, IReadOnlyList<IndexedChunk> chunks, List<QualityDocument> documents, double weight, CancellationToken cancellation)
    {
        var index = new TenantIndex { QuestionsWeight = weight };
        index.Apply(chunks, []);
        index.Apply([.. chunks
            .Where(chunk => set.Written.ContainsKey(documents[(int)chunk.DocumentId].Id))
            .Select(chunk => new ChunkQuestions(chunk.ChunkId, chunk.Audience, set.Written[documents[(int)chunk.DocumentId].Id]))]);
        foreach (var question in set.Asked)
        {
            cancellation.ThrowIfCancellationRequested();
            var found = index.Search(question.Text, Audience.Customers, StageOne.Candidates);
            yield return new AskedQuestion(question.Id, [.. found.Passages.Select(passage => documents[(int)passage.DocumentId].Id).Distinct(StringComparer.Ordinal).Take(Depth)], found, 0);
        }
    }

    private static QuestionsRow Row(
        double weight, List<AskedQuestion> asked, Dictionary<string, Dictionary<string, double>> judgements, List<QualityDocument> documents, Dictionary<string, string> titles)
    {
        var ranking = RankingMetrics.Of(asked, judgements);
        var escalation = EscalationMetrics.Of(EvalCommand.Judge(asked, judgements));
        var desk = DeskOutcomes.Of(asked, judgements, document => documents[(int)document].Id, id => titles.GetValueOrDefault(id, ""));
        return new QuestionsRow(
            weight, Round(ranking.Ndcg10), Round(ranking.Recall1), Round(ranking.Recall10), Round(escalation.Aurc), Round(escalation.Ece), desk.Answered, desk.WrongOfAnswered, desk.RightOrOffered);
    }

    private static double Round(double value) => Math.Round(value, 4);
}

/// <param name="Weight">What a chunk gains by a written question that is the very question; 0: there are none.</param>
internal sealed record QuestionsRow(
    [property: JsonPropertyName("weight")] double Weight,
    [property: JsonPropertyName("ndcg@10")] double Ndcg10,
    [property: JsonPropertyName("recall@1")] double Recall1,
    [property: JsonPropertyName("recall@10")] double Recall10,
    [property: JsonPropertyName("aurc")] double Aurc,
    [property: JsonPropertyName("ece")] double Ece,
    [property: JsonPropertyName("answered")] double Answered,
    [property: JsonPropertyName("wrong_of_answered")] double WrongOfAnswered,
    [property: JsonPropertyName("right_or_offered")] double RightOrOffered);
