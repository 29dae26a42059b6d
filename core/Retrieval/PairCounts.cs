namespace Support.Retrieval;

/// <summary>In how many live chunks of a segment two stems stand side by side. Where they stand is read from the candidates' own words.</summary>
internal sealed class PairCounts
{
    private readonly ulong[] _pairs;
    // A segment has fewer chunks than this can count.
    private readonly ushort[] _live;

    private PairCounts(ulong[] pairs, ushort[] live)
    {
        _pairs = pairs;
        _live = live;
    }

    /// <summary>Where they are counted elsewhere.</summary>
    public static PairCounts Elsewhere { get; } = new([], []);

    public static ulong Pair(int first, int second) => (ulong)(uint)first << 32 | (uint)second;

    public static PairCounts Build(IReadOnlyList<ChunkShape> entries, Lexicon lexicon)
    {
        var all = new List<ulong>();
        var one = new List<ulong>();
        foreach (var entry in entries)
        {
            Distinct(entry, lexicon, one);
            all.AddRange(one);
        }
        all.Sort();
        var pairs = new List<ulong>();
        var live = new List<ushort>();
        foreach (var pair in all)
        {
            if (pairs.Count == 0 || pairs[^1] != pair)
            {
                pairs.Add(pair);
                live.Add(0);
            }
            live[^1]++;
        }
        return new PairCounts([.. pairs], [.. live]);
    }

    public int LiveChunks(ulong pair)
    {
        var at = Array.BinarySearch(_pairs, pair);
        return at < 0 ? 0 : _live[at];
    }

    public PairCounts Without(IEnumerable<ChunkShape> removed, Lexicon lexicon)
    {
        var live = (ushort[])_live.Clone();
        var one = new List<ulong>();
        foreach (var entry in removed)
        {
            Distinct(entry, lexicon, one);
            foreach (var pair in one)
                live[Array.BinarySearch(_pairs, pair)]--;
        }
        return new PairCounts(_pairs, live);
    }

    /// <summary>Fills <paramref name="pairs"/> with the chunk's distinct pairs.</summary>
    public static void Distinct(ChunkShape entry, Lexicon lexicon, List<ulong> pairs)
    {
        pairs.Clear();
        var words = entry.Words;
        for (var i = 1; i < words.Length; i++)
            if (i != entry.TitleWords)
                pairs.Add(Pair(lexicon[words[i - 1]].Stem, lexicon[words[i]].Stem));
        pairs.Sort();
        var kept = 0;
        for (var i = 0; i < pairs.Count; i++)
            if (i == 0 || pairs[i] != pairs[i - 1])
                pairs[kept++] = pairs[i];
        pairs.RemoveRange(kept, pairs.Count - kept);
    }
}
