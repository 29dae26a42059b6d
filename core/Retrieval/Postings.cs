namespace Support.Retrieval;

/// <summary>
/// Which chunks of a segment contain a term, and how often. One number a posting: chunk (16 bits), times in the title (8), times in the body (8);
/// times are counted to 255, where saturation makes more of them indistinguishable.
/// </summary>
internal sealed class Postings
{
    public const int MaxChunks = 1 << 16;
    private const uint OneInTitle = 1 << 8;
    private const uint Count = 0xFF;

    private readonly int[] _terms;
    private readonly int[] _starts;
    private readonly uint[] _items;
    private readonly int[] _live;

    private Postings(int[] terms, int[] starts, uint[] items, int[] live)
    {
        _terms = terms;
        _starts = starts;
        _items = items;
        _live = live;
    }

    public int Total => _items.Length;

    /// <param name="termsOf">The terms of a word.</param>
    /// <param name="terms">One more than the greatest term.</param>
    public static Postings Build(IReadOnlyList<ChunkEntry> entries, WordEntry[] lexicon, bool grams, int terms)
    {
        var next = new int[terms];
        var seen = new int[terms];
        for (var chunk = 0; chunk < entries.Count; chunk++)
            foreach (var word in entries[chunk].Words)
                if (grams)
                    foreach (var gram in lexicon[word].Grams)
                        CountChunk(next, seen, gram, chunk + 1);
                else
                    CountChunk(next, seen, lexicon[word].Stem, chunk + 1);

        var (present, starts) = Layout(next);
        var items = new uint[starts[^1]];
        Array.Clear(seen);
        for (var chunk = 0; chunk < entries.Count; chunk++)
        {
            var entry = entries[chunk];
            for (var i = 0; i < entry.Words.Length; i++)
            {
                var inTitle = i < entry.TitleWords;
                if (grams)
                    foreach (var gram in lexicon[entry.Words[i]].Grams)
                        Put(items, next, seen, gram, chunk, inTitle);
                else
                    Put(items, next, seen, lexicon[entry.Words[i]].Stem, chunk, inTitle);
            }
        }
        var live = new int[present.Length];
        for (var i = 0; i < live.Length; i++)
            live[i] = starts[i + 1] - starts[i];
        return new Postings(present, starts, items, live);
    }

    public static int Chunk(uint posting) => (int)(posting >> 16);

    public static uint InTitle(uint posting) => posting >> 8 & Count;

    public static uint InBody(uint posting) => posting & Count;

    public ReadOnlySpan<uint> Of(int term)
    {
        var at = Array.BinarySearch(_terms, term);
        return at < 0 ? [] : _items.AsSpan(_starts[at], _starts[at + 1] - _starts[at]);
    }

    /// <summary>In how many live chunks the term stands.</summary>
    public int LiveChunks(int term)
    {
        var at = Array.BinarySearch(_terms, term);
        return at < 0 ? 0 : _live[at];
    }

    /// <summary>The same postings with the counts of live chunks less those of removed ones, given as each one's distinct terms.</summary>
    public Postings Without(IEnumerable<IReadOnlyCollection<int>> removed)
    {
        var live = (int[])_live.Clone();
        foreach (var terms in removed)
            foreach (var term in terms)
                live[Array.BinarySearch(_terms, term)]--;
        return new Postings(_terms, _starts, _items, live);
    }

    private static void CountChunk(int[] counts, int[] seen, int term, int mark)
    {
        if (seen[term] == mark)
            return;
        seen[term] = mark;
        counts[term]++;
    }

    /// <summary>Turns counts into the place of each term's next posting.</summary>
    private static (int[] Terms, int[] Starts) Layout(int[] counts)
    {
        var terms = new List<int>();
        var starts = new List<int>();
        var at = 0;
        for (var term = 0; term < counts.Length; term++)
        {
            var count = counts[term];
            if (count == 0)
                continue;
            terms.Add(term);
            starts.Add(at);
            counts[term] = at;
            at += count;
        }
        starts.Add(at);
        return ([.. terms], [.. starts]);
    }

    private static void Put(uint[] items, int[] next, int[] seen, int term, int chunk, bool inTitle)
    {
        if (seen[term] != chunk + 1)
        {
            seen[term] = chunk + 1;
            items[next[term]++] = (uint)chunk << 16;
        }
        ref var item = ref items[next[term] - 1];
        if (inTitle && InTitle(item) < Count)
            item += OneInTitle;
        else if (!inTitle && InBody(item) < Count)
            item++;
    }
}
