namespace Support.Retrieval;

/// <summary>What the formulas need to know of all live chunks together.</summary>
/// <param name="Spread">Standard deviation of ln(1 + body words).</param>
internal sealed record CollectionStatistics(
    int Chunks,
    double TitleWords,
    double BodyWords,
    double TitleGrams,
    double BodyGrams,
    double Pairs,
    double Spread,
    double MedianBodyWords)
{
    public static CollectionStatistics Of(IEnumerable<ChunkEntry> live)
    {
        Average titleWords = new(), bodyWords = new(), titleGrams = new(), bodyGrams = new(), pairs = new();
        var lengths = new List<int>();
        double sum = 0, squares = 0;
        foreach (var entry in live)
        {
            titleWords.AddUnlessZero(entry.TitleWords);
            bodyWords.AddUnlessZero(entry.BodyWords);
            titleGrams.AddUnlessZero(entry.TitleGrams);
            bodyGrams.AddUnlessZero(entry.BodyGrams);
            pairs.Add(entry.Pairs);
            lengths.Add(entry.BodyWords);
            var logarithm = Math.Log(1 + entry.BodyWords);
            sum += logarithm;
            squares += logarithm * logarithm;
        }
        var count = Math.Max(1, lengths.Count);
        return new CollectionStatistics(
            lengths.Count, titleWords.Value, bodyWords.Value, titleGrams.Value, bodyGrams.Value, pairs.Value,
            Math.Sqrt(Math.Max(0, squares / count - sum / count * (sum / count))),
            Median(lengths));
    }

    private static double Median(List<int> lengths)
    {
        if (lengths.Count == 0)
            return 0;
        lengths.Sort();
        return (lengths[(lengths.Count - 1) / 2] + lengths[lengths.Count / 2]) / 2.0;
    }

    private sealed class Average
    {
        private double _sum;
        private int _count;

        public double Value => _count == 0 ? 0 : _sum / _count;

        public void Add(int value)
        {
            _sum += value;
            _count++;
        }

        public void AddUnlessZero(int value)
        {
            if (value > 0)
                Add(value);
        }
    }
}
