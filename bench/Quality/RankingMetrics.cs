namespace Support.Bench.Quality;

/// <summary>How well documents are ranked, over the questions that have an answer.</summary>
internal sealed record RankingMetrics(double Ndcg10, double Recall1, double Recall5, double Recall10, double Mrr10)
{
    public static RankingMetrics Of(IReadOnlyList<AskedQuestion> asked, Dictionary<string, Dictionary<string, double>> judgements)
    {
        var answerable = asked.Where(question => judgements.ContainsKey(question.Id)).ToList();
        double Mean(Func<IReadOnlyList<string>, Dictionary<string, double>, double> measure) =>
            answerable.Count == 0 ? 0 : answerable.Average(question => measure(question.Found, judgements[question.Id]));
        return new RankingMetrics(
            Mean((found, relevant) => Ndcg(found, relevant, 10)),
            Mean((found, relevant) => Recall(found, relevant, 1)),
            Mean((found, relevant) => Recall(found, relevant, 5)),
            Mean((found, relevant) => Recall(found, relevant, 10)),
            Mean((found, relevant) => ReciprocalRank(found, relevant, 10)));
    }

    /// <summary>Gain is the grade itself, discounted by log2(rank + 1).</summary>
    public static double Ndcg(IReadOnlyList<string> found, Dictionary<string, double> relevant, int depth)
    {
        var gained = found.Take(depth).Select((id, rank) => relevant.GetValueOrDefault(id) / Math.Log2(rank + 2)).Sum();
        var ideal = relevant.Values.OrderDescending().Take(depth).Select((grade, rank) => grade / Math.Log2(rank + 2)).Sum();
        return ideal > 0 ? gained / ideal : 0;
    }

    public static double Recall(IReadOnlyList<string> found, Dictionary<string, double> relevant, int depth) =>
        (double)found.Take(depth).Count(relevant.ContainsKey) / Math.Min(relevant.Count, depth);

    public static double ReciprocalRank(IReadOnlyList<string> found, Dictionary<string, double> relevant, int depth)
    {
        for (var rank = 0; rank < Math.Min(depth, found.Count); rank++)
            if (relevant.ContainsKey(found[rank]))
                return 1.0 / (rank + 1);
        return 0;
    }
}
