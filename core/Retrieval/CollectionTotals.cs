namespace Support.Retrieval;

/// <summary>Sums over live chunks, from which <see cref="CollectionStatistics"/> follow. A chunk is taken away exactly as it was added: only whole numbers are kept.</summary>
internal sealed class CollectionTotals
{
    private readonly Dictionary<int, int> _lengths;

    public CollectionTotals()
        : this([])
    {
    }

    /// <param name="lengths">How many chunks have each number of body words.</param>
    public CollectionTotals(Dictionary<int, int> lengths) => _lengths = lengths;

    public int Chunks { get; set; }

    /// <summary>Chunks whose title is not empty.</summary>
    public int Titled { get; set; }

    /// <summary>Chunks whose body is not empty.</summary>
    public int Bodied { get; set; }

    public long TitleWords { get; set; }

    public long BodyWords { get; set; }

    public long TitleGrams { get; set; }

    public long BodyGrams { get; set; }

    public long Pairs { get; set; }

    public IReadOnlyDictionary<int, int> Lengths => _lengths;

    /// <param name="times">1, or -1 to take it away.</param>
    public void Add(ChunkShape entry, int times = 1)
    {
        Chunks += times;
        Titled += entry.TitleWords > 0 ? times : 0;
        Bodied += entry.BodyWords > 0 ? times : 0;
        TitleWords += times * entry.TitleWords;
        BodyWords += times * entry.BodyWords;
        TitleGrams += times * entry.TitleGrams;
        BodyGrams += times * entry.BodyGrams;
        Pairs += times * entry.Pairs;
        var left = _lengths.GetValueOrDefault(entry.BodyWords) + times;
        if (left == 0)
            _lengths.Remove(entry.BodyWords);
        else
            _lengths[entry.BodyWords] = left;
    }

    public CollectionStatistics Statistics()
    {
        double sum = 0, squares = 0;
        var lengths = _lengths.OrderBy(one => one.Key).ToList();
        foreach (var (words, chunks) in lengths)
        {
            var logarithm = Math.Log(1 + words);
            sum += chunks * logarithm;
            squares += chunks * logarithm * logarithm;
        }
        var count = Math.Max(1, Chunks);
        return new CollectionStatistics(
            Chunks, Share(TitleWords, Titled), Share(BodyWords, Bodied), Share(TitleGrams, Titled), Share(BodyGrams, Bodied), Share(Pairs, Chunks),
            Math.Sqrt(Math.Max(0, squares / count - sum / count * (sum / count))),
            (At(lengths, (Chunks - 1) / 2) + At(lengths, Chunks / 2)) / 2.0);
    }

    private static int At(List<KeyValuePair<int, int>> lengths, int place)
    {
        foreach (var (words, chunks) in lengths)
            if ((place -= chunks) < 0)
                return words;
        return 0;
    }

    private static double Share(long sum, int chunks) => chunks > 0 ? (double)sum / chunks : 0;
}
