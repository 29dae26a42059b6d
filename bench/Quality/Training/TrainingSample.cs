using Support.Bench.Quality;
using Support.Confidence;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Quality.Training;

/// <summary>The features of every question of a set, and whether its first passage was right.</summary>
/// <param name="Tenant">Sets of one folder share questions and documents and are held out together.</param>
internal sealed record TrainingSample(string Name, string Tenant, IReadOnlyList<TrainingRow> Rows)
{
    /// <param name="fullScan">Read the units of all chunks instead of the fifty candidates'.</param>
    public static TrainingSample Of(QualitySet set, bool fullScan, CancellationToken cancellation)
    {
        var documents = set.Documents().ToList();
        var index = new TenantIndex();
        index.Apply([.. documents.Select((document, id) => QualityRun.ChunkOf(document, id))], []);
        var judgements = set.Judgements();
        var rows = new List<TrainingRow>();
        foreach (var question in set.Questions())
        {
            cancellation.ThrowIfCancellationRequested();
            var ranked = index.Rank(question.Text, Audience.Customers);
            if (fullScan && ranked.Candidates.Count > 0)
                FullScan.Read(ranked);
            var features = ConfidenceFeatures.Of(ranked);
            var isAnswerable = judgements.TryGetValue(question.Id, out var relevant);
            var isRight = isAnswerable && ranked.Candidates.Count > 0 && relevant!.ContainsKey(documents[(int)ranked.Candidates[0].Entry.Chunk.DocumentId].Id);
            rows.Add(new TrainingRow([.. features.Values], features.IsJudged, isRight, isAnswerable ? Topics.Known : Topics.Of(set.Name, question.Kind)));
        }
        return new TrainingSample(set.Name + set.Suffix, set.Name, rows);
    }
}

/// <param name="Features">As <see cref="ConfidenceFeatures.Values"/> has them.</param>
/// <param name="IsJudged">See <see cref="ConfidenceFeatures.IsJudged"/>.</param>
internal sealed record TrainingRow(double[] Features, bool IsJudged, bool IsRight, Topics Topic)
{
    public double[] Weighed => Features[..ConfidenceFeatures.Weighed.Count];

    public double Gate => ConfidenceModel.Gate(Features);

    public double Confidence(LogisticFit model) => IsJudged ? Gate * model.Probability(Weighed) : 0;
}
