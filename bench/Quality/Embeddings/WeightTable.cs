using System.Text.Json.Serialization;
using Support.Knowledge;
using Support.Retrieval;
using Support.Retrieval.Dense;

namespace Support.Bench.Quality.Embeddings;

/// <summary>How well a set is ranked by words, by likeness, and by both at each weight: what an owner chooses Support__Retrieval__DenseWeight by.</summary>
internal static class WeightTable
{
    private const int Depth = 10;

    private static readonly double[] Weights = [0, .05, .1, .15, .2, .3, .4, .5, .6, .7, .8, .9, 1];

    public static async Task<IReadOnlyList<WeightRow>> OfAsync(QualitySet set, EvalOptions options, TextWriter progress, CancellationToken cancellation)
    {
        var documents = set.Documents().ToList();
        var questions = set.Questions().Take(options.Max).Select(question => question with { Text = QuestionDistortion.Of(options.Typed, question.Text) }).ToList();
        var chunks = options.Chunked
            ? await ChunkedCorpus.CutAsync(set, documents, progress, cancellation)
            : documents.Select((document, id) => QualityRun.ChunkOf(document, id)).ToList();
        var vectors = options.Embeddings == EvalOptions.Grams
            ? await EmbeddedSet.OfAsync(new HashedGrams(), HashedGrams.Space.Model, chunks, questions, cancellation)
            : EmbeddedSet.Read(options.Embeddings!, documents, questions);
        var index = new TenantIndex();
        index.Apply(chunks, []);
        index.Apply(new VectorChanges(0, vectors.Space, IsWhole: true, [.. vectors.Chunks.Select(one => new ChunkVector(one.Key, PackedVector.Of(one.Value)))]));
        await progress.WriteLineAsync($"{chunks.Count} chunks and {questions.Count} questions have vectors of {vectors.Space.Length} numbers.");
        var judgements = set.Judgements();
        var rows = new List<WeightRow>();
        foreach (var weight in Weights)
        {
            cancellation.ThrowIfCancellationRequested();
            var asked = questions.ConvertAll(question => Ask(index, question, weight == 0 ? null : new DenseQuestion(vectors.Space, vectors.Questions[question.Id], weight), documents));
            var metrics = RankingMetrics.Of(asked, judgements);
            rows.Add(new WeightRow(weight, Math.Round(metrics.Ndcg10, 4), Math.Round(metrics.Recall1, 4), Math.Round(metrics.Recall10, 4)));
        }
        return rows;
    }

    private static AskedQuestion Ask(TenantIndex index, QualityQuestion question, DenseQuestion? dense, List<QualityDocument> documents)
    {
        var found = index.Search(question.Text, Audience.Customers, dense, StageOne.Candidates);
        return new AskedQuestion(question.Id, [.. found.Passages.Select(passage => documents[(int)passage.DocumentId].Id).Distinct(StringComparer.Ordinal).Take(Depth)], found, 0);
    }
}

/// <param name="Weight">Of likeness: 0 is words alone, 1 likeness alone.</param>
internal sealed record WeightRow(
    [property: JsonPropertyName("weight")] double Weight,
    [property: JsonPropertyName("ndcg@10")] double Ndcg10,
    [property: JsonPropertyName("recall@1")] double Recall1,
    [property: JsonPropertyName("recall@10")] double Recall10);
