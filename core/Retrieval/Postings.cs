using System.Runtime.InteropServices;

namespace Support.Retrieval;

/// <summary>
/// Which chunks of a segment contain a term, and its impact in each. A term of many chunks has a row: half a byte for every chunk, 0 where the term is not, which is
/// added up 64 chunks at a time. Any other has a list: the chunks that have it, in order, and beside it their impacts.
/// </summary>
internal sealed class Postings
{
    /// <summary>
    /// No segment has more: its sums stay in a core's cache while terms are added up, and no change waits longer than for merging so many (a second).
    /// </summary>
    public const int MaxChunks = 1 << 14;

    // Adding up a row costs as much as a list of a fortieth of the chunks, and takes the memory of a list of a sixth of them.
    private const int RowFrom = 20;

    // While they are counted: chunk (16 bits), times in the title (8), times in the body (8).
    private const uint OneInTitle = 1 << 8;
    private const uint Count = Retrieval.Impacts.MostTimes;

    // A segment that has most terms of the lexicon finds them by number; a small one by halving, or it would hold as much as a large one.
    private const int MostRoomPerTerm = 4;

    private const int Line = 64;

    private readonly int[] _terms;
    private readonly TermList[] _lists;
    private readonly byte[] _items;
    private readonly int _rowSize;

    private Postings(int[] terms, TermList[] lists, byte[] items, int rowSize)
    {
        _terms = terms;
        _lists = lists;
        _items = items;
        _rowSize = rowSize;
    }

    public long Total => _lists.Sum(static list => (long)list.Length);

    /// <param name="grams">The terms are 4-grams, not stems.</param>
    /// <param name="terms">One more than the greatest term.</param>
    /// <param name="norms">Of the chunks, at this moment.</param>
    public static Postings Build(IReadOnlyList<ChunkShape> entries, Lexicon lexicon, bool grams, int terms, FieldNorm[] norms)
    {
        var next = new int[terms];
        var seen = new int[terms];
        for (var chunk = 0; chunk < entries.Count; chunk++)
            foreach (var word in entries[chunk].Words)
                if (grams)
                    foreach (var gram in lexicon.GramsOf(word))
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
                    foreach (var gram in lexicon.GramsOf(words[i]))
                        Put(items, next, seen, gram, chunk, inTitle);
                else
                    Put(items, next, seen, lexicon[words[i]].Stem, chunk, inTitle);
            }
        }
        return Weigh(present, starts, items, norms);
    }

    /// <summary>An empty list for a term that is not here.</summary>
    public TermList Find(int term)
    {
        if (_terms.Length == 0)
            return term < _lists.Length ? _lists[term] : default;
        var at = Array.BinarySearch(_terms, term);
        return at < 0 ? default : _lists[at];
    }

    /// <summary>In how many live chunks the term stands.</summary>
    public int LiveChunks(int term) => Find(term).Live;

    /// <summary>
    /// The impacts of a term that has a row, see <see cref="Impacts.OfRow"/>. Of each block 32 bytes: in their lower halves the first 32 chunks, in the upper ones the others.
    /// </summary>
    public ReadOnlySpan<byte> Row(TermList list) => _items.AsSpan(list.Start, _rowSize);

    /// <summary>The chunks of any other.</summary>
    public ReadOnlySpan<ushort> Chunks(TermList list) => MemoryMarshal.Cast<byte, ushort>(_items.AsSpan(list.Start, list.Length * sizeof(ushort)));

    /// <summary>Beside <see cref="Chunks"/>.</summary>
    public ReadOnlySpan<byte> ImpactsOf(TermList list) => _items.AsSpan(list.Start + list.Length * sizeof(ushort), list.Length);

    /// <summary>A byte of each stretch that memory is fetched in, added up: read for many terms one after the other, all that is kept for them is on its way at once.</summary>
    public int Touch(TermList list)
    {
        if (list.Length == 0)
            return 0;
        var kept = _items.AsSpan(list.Start, list.HasRow ? _rowSize : list.Length * (sizeof(ushort) + sizeof(byte)));
        int sum = kept[^1];
        for (var i = 0; i < kept.Length; i += Line)
            sum += kept[i];
        return sum;
    }

    /// <summary>The same postings with the counts of live chunks less those of removed ones, given as each one's distinct terms.</summary>
    public Postings Without(IEnumerable<IReadOnlyCollection<int>> removed)
    {
        var lists = (TermList[])_lists.Clone();
        foreach (var terms in removed)
            foreach (var term in terms)
            {
                ref var list = ref lists[_terms.Length == 0 ? term : Array.BinarySearch(_terms, term)];
                list = list.WithLive(list.Live - 1);
            }
        return new Postings(_terms, lists, _items, _rowSize);
    }

    /// <summary>Turns counts into impacts.</summary>
    private static Postings Weigh(int[] present, int[] starts, uint[] items, FieldNorm[] norms)
    {
        var rowSize = BlockMaxima.Count(norms.Length) * BlockMaxima.Size / 2;
        var lists = new TermList[present.Length];
        var size = 0;
        for (var i = 0; i < lists.Length; i++)
        {
            var length = starts[i + 1] - starts[i];
            lists[i] = new TermList(size, length, length, length * RowFrom >= norms.Length);
            size += lists[i].HasRow ? rowSize : length * (sizeof(ushort) + sizeof(byte));
        }
        var kept = new byte[size];
        for (var i = 0; i < lists.Length; i++)
            Weigh(items.AsSpan(starts[i], lists[i].Length), norms, kept.AsSpan(lists[i].Start), lists[i].HasRow);
        return IsByNumber(present) ? new Postings([], ByNumber(present, lists), kept, rowSize) : new Postings(present, lists, kept, rowSize);
    }

    private static void Weigh(ReadOnlySpan<uint> items, FieldNorm[] norms, Span<byte> kept, bool hasRow)
    {
        const int half = BlockMaxima.Size / 2;
        for (var i = 0; i < items.Length; i++)
        {
            var chunk = (int)(items[i] >> 16);
            var impact = Retrieval.Impacts.Of(norms[chunk].Saturation((int)(items[i] >> 8 & Count), (int)(items[i] & Count)));
            if (hasRow)
            {
                kept[chunk / BlockMaxima.Size * half + chunk % half] |= (byte)(Retrieval.Impacts.OfRow(impact) << (chunk % BlockMaxima.Size < half ? 0 : 4));
                continue;
            }
            MemoryMarshal.Write(kept[(i * sizeof(ushort))..], (ushort)chunk);
            kept[items.Length * sizeof(ushort) + i] = impact;
        }
    }

    private static bool IsByNumber(int[] terms) => terms.Length > 0 && terms[^1] <= MostRoomPerTerm * terms.Length;

    private static TermList[] ByNumber(int[] terms, TermList[] lists)
    {
        var all = new TermList[terms[^1] + 1];
        for (var i = 0; i < terms.Length; i++)
            all[terms[i]] = lists[i];
        return all;
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
        if (inTitle && (item >> 8 & Count) < Count)
            item += OneInTitle;
        else if (!inTitle && (item & Count) < Count)
            item++;
    }
}

/// <summary>Where the postings of a term lie, in eight bytes: a segment has one for each term of the lexicon.</summary>
internal readonly struct TermList
{
    private const uint Row = 1u << 31;

    private readonly uint _start;
    private readonly ushort _length;
    private readonly ushort _live;

    public TermList(int start, int length, int live, bool hasRow) => (_start, _length, _live) = ((uint)start | (hasRow ? Row : 0), (ushort)length, (ushort)live);

    public int Start => (int)(_start & ~Row);

    public bool HasRow => (_start & Row) != 0;

    /// <summary>In how many chunks it stands.</summary>
    public int Length => _length;

    /// <summary>How many of them are live.</summary>
    public int Live => _live;

    public TermList WithLive(int live) => new(Start, Length, live, HasRow);
}
