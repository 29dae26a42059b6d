namespace Support.Retrieval;

/// <summary>
/// Which chunks of a segment contain a term, and how often. One number a posting: chunk (16 bits), times in the title (8), times in the body (8);
/// times are counted to 255, where saturation makes more of them indistinguishable.
/// </summary>
internal sealed class Postings
{
    /// <summary>
    /// No segment has more, though a posting has room for four times as many: its sums and norms stay in a core's cache while it is walked, what the first segments
    /// give prunes the others, and no change waits longer than for merging so many (a second).
    /// </summary>
    public const int MaxChunks = 1 << 14;

    private const uint OneInTitle = 1 << 8;
    private const uint Count = 0xFF;

    // A segment that has most terms of the lexicon finds them by number; a small one by halving, or it would hold as much as a large one.
    private const int MostRoomPerTerm = 4;

    private readonly int[] _terms;
    private readonly int[]? _places;
    private readonly TermList[] _lists;
    private readonly uint[] _items;
    private readonly PostingPages _pages;

    private Postings(int[] terms, int[]? places, TermList[] lists, uint[] items, PostingPages pages)
    {
        _terms = terms;
        _places = places;
        _lists = lists;
        _items = items;
        _pages = pages;
    }

    public int Total => _items.Length;

    public uint[] Items => _items;

    /// <param name="grams">The terms are 4-grams, not stems.</param>
    /// <param name="terms">One more than the greatest term.</param>
    /// <param name="norms">Of the chunks, at this moment.</param>
    public static Postings Build(IReadOnlyList<ChunkShape> entries, WordEntry[] lexicon, bool grams, int terms, FieldNorm[] norms)
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
            var words = entries[chunk].Words;
            for (var i = 0; i < words.Length; i++)
            {
                var inTitle = i < entries[chunk].TitleWords;
                if (grams)
                    foreach (var gram in lexicon[words[i]].Grams)
                        Put(items, next, seen, gram, chunk, inTitle);
                else
                    Put(items, next, seen, lexicon[words[i]].Stem, chunk, inTitle);
            }
        }
        var pages = new PostingPages();
        var lists = new TermList[present.Length];
        for (var i = 0; i < lists.Length; i++)
        {
            var list = items.AsSpan(starts[i], starts[i + 1] - starts[i]);
            var most = 0f;
            foreach (var posting in list)
                most = Math.Max(most, Scoring.Occurrences(InTitle(posting), InBody(posting), norms[Chunk(posting)]));
            lists[i] = new TermList(starts[i], list.Length, list.Length, pages.Add(list), most);
        }
        pages.Close();
        return PlacesOf(present) is { } places ? new Postings([], places, lists, items, pages) : new Postings(present, null, lists, items, pages);
    }

    public static int Chunk(uint posting) => (int)(posting >> 16);

    public static uint InTitle(uint posting) => posting >> 8 & Count;

    public static uint InBody(uint posting) => posting & Count;

    public ReadOnlySpan<uint> Of(int term)
    {
        var list = Find(term);
        return _items.AsSpan(list.Start, list.Length);
    }

    /// <summary>An empty list for a term that is not here.</summary>
    public TermList Find(int term)
    {
        var at = PlaceOf(term);
        return at < 0 ? default : _lists[at];
    }

    /// <summary>The posting of a chunk among those of one term, which are in the order of chunks.</summary>
    public bool TryFind(TermList list, int chunk, out uint posting)
    {
        var (start, length) = (list.Start, list.Length);
        if (list.Page > 0)
        {
            var (from, to) = _pages.Around(list.Page, chunk);
            start += from;
            length = (to == 0 ? length : to) - from;
        }
        posting = 0;
        if (length == 0)
            return false;
        var key = (uint)chunk << 16 | 0xFFFF;
        var postings = _items.AsSpan(start, length);
        var at = 0;
        for (var left = postings.Length; left > 1;)
        {
            var half = left / 2;
            at += postings[at + half] <= key ? half : 0;
            left -= half;
        }
        posting = postings[at];
        return Chunk(posting) == chunk;
    }

    /// <summary>In how many live chunks the term stands.</summary>
    public int LiveChunks(int term) => Find(term).Live;

    /// <summary>The same postings with the counts of live chunks less those of removed ones, given as each one's distinct terms.</summary>
    public Postings Without(IEnumerable<IReadOnlyCollection<int>> removed)
    {
        var lists = (TermList[])_lists.Clone();
        foreach (var terms in removed)
            foreach (var term in terms)
            {
                ref var list = ref lists[PlaceOf(term)];
                list = list with { Live = list.Live - 1 };
            }
        return new Postings(_terms, _places, lists, _items, _pages);
    }

    private int PlaceOf(int term) => _places is null ? Array.BinarySearch(_terms, term) : term < _places.Length ? _places[term] : -1;

    private static int[]? PlacesOf(int[] terms)
    {
        if (terms.Length == 0 || terms[^1] > MostRoomPerTerm * terms.Length)
            return null;
        var places = new int[terms[^1] + 1];
        Array.Fill(places, -1);
        for (var i = 0; i < terms.Length; i++)
            places[terms[i]] = i;
        return places;
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

/// <summary>Where the postings of a term lie in <see cref="Postings.Items"/>.</summary>
/// <param name="Live">How many of them are of live chunks.</param>
/// <param name="Page">See <see cref="PostingPages"/>.</param>
/// <param name="Most">The most <see cref="Scoring.Occurrences"/> that one of them had when they were made.</param>
internal readonly record struct TermList(int Start, int Length, int Live, int Page, float Most);
