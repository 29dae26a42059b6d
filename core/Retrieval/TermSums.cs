using System.Runtime.InteropServices;

namespace Support.Retrieval;

/// <summary>
/// What a question's terms (all stems, or all 4-grams) give each chunk of a snapshot at most: their impacts, times what the terms are worth, added up in whole units
/// that are rounded up. 0 for a chunk that has none of them.
/// </summary>
internal sealed class TermSums(bool ofGrams)
{
    // What all terms together may give, so that neither a sum nor a factor is more than 16 bits hold.
    private const double Most = 65_000;

    // Rounding up a factor, and then what it gives, adds two units a term at most. A question has some thousand terms at most.
    private const int UnitsForRounding = 2;
    private const int MostTerms = 16_000;

    private readonly List<Asked> _terms = [];
    private readonly List<AskedList> _lists = [];
    private readonly List<(TermList List, ushort Factor)> _found = [];
    private readonly ushort[] _ofTerm = new ushort[Postings.MaxChunks];
    private ushort[] _sums = [];
    private ushort[] _blocks = [];
    private double _bound;
    private int _touched;

    /// <summary>What one unit of a sum is worth.</summary>
    public double Unit { get; private set; }

    /// <summary>Postings added up for this question.</summary>
    public long Walked { get; private set; }

    /// <summary>Bytes that are as many as the index has chunks.</summary>
    public long Size => sizeof(ushort) * (long)_sums.Length;

    public ReadOnlySpan<ushort> SumsOf(PlacedSegment placed) => Sums(placed);

    /// <summary>See <see cref="BlockMaxima"/>.</summary>
    public ReadOnlySpan<ushort> BlocksOf(PlacedSegment placed) => Blocks(placed);

    public void Begin(IndexSnapshot snapshot)
    {
        _terms.Clear();
        _lists.Clear();
        Walked = 0;
        _bound = 0;
        if (_sums.Length >= snapshot.Slots)
            return;
        _sums = new ushort[snapshot.Slots];
        _blocks = new ushort[BlockMaxima.Count(snapshot.Slots)];
    }

    /// <summary>Another term, of no list yet.</summary>
    public void AddTerm()
    {
        if (_terms.Count == MostTerms)
            throw new InvalidOperationException($"A question has more than {MostTerms} terms; it must be cut before it is planned.");
        _terms.Add(new Asked(_lists.Count));
    }

    /// <summary>Postings by which the term may be met; the list that gives a chunk most counts.</summary>
    public void AddList(int id, double worth)
    {
        _lists.Add(new AskedList(id, worth));
        ref var term = ref CollectionsMarshal.AsSpan(_terms)[^1];
        term.Lists++;
        _bound += Math.Max(0, worth - term.Worth);
        term.Worth = Math.Max(term.Worth, worth);
    }

    /// <param name="leastReader">Of <see cref="Segment.Readers"/>: chunks that the asker may not read have no sum.</param>
    public void Walk(IndexSnapshot snapshot, byte leastReader)
    {
        var drift = snapshot.Segments.Length == 0 ? 1 : snapshot.Segments.Max(Drift);
        Unit = _bound * byte.MaxValue * Impacts.Step * drift / (Most - UnitsForRounding * _terms.Count);
        foreach (var placed in snapshot.Segments)
        {
            var sums = Sums(placed);
            sums.Clear();
            Find(placed);
            foreach (ref readonly var term in CollectionsMarshal.AsSpan(_terms))
                Add(term, placed, sums);
            if (!placed.Segment.IsReadableBy(leastReader))
                AddUp.ClearUnreadable(placed.Segment.Readers, leastReader, sums);
            BlockMaxima.Fill(sums, Blocks(placed));
        }
    }

    /// <summary>Where the lists lie in a segment: all at once, for each is in memory that no search touched lately, and a processor waits for many of them together.</summary>
    private void Find(PlacedSegment placed)
    {
        var postings = ofGrams ? placed.Segment.Grams : placed.Segment.Stems;
        foreach (ref var list in CollectionsMarshal.AsSpan(_lists))
            list.Found = postings.Find(list.Id);
        // Not used; but now all are on their way.
        foreach (ref readonly var list in CollectionsMarshal.AsSpan(_lists))
            _touched += postings.Touch(list.Found);
    }

    /// <summary>The chunk with the greatest sum; null when all are 0.</summary>
    public (PlacedSegment Segment, int Chunk)? Greatest(IndexSnapshot snapshot)
    {
        (PlacedSegment Segment, int Block)? found = null;
        var most = 0;
        foreach (var placed in snapshot.Segments)
        {
            var blocks = BlocksOf(placed);
            for (var block = NextAbove.Of(blocks, most, 0); block >= 0; block = NextAbove.Of(blocks, most, block + 1))
                (found, most) = ((placed, block), blocks[block]);
        }
        return found is var (segment, at) ? (segment, SumsOf(segment)[(at * BlockMaxima.Size)..].IndexOf((ushort)most) + at * BlockMaxima.Size) : null;
    }

    private void Add(in Asked term, PlacedSegment placed, Span<ushort> sums)
    {
        var postings = ofGrams ? placed.Segment.Grams : placed.Segment.Stems;
        var perWorth = 256 * Impacts.Step * Drift(placed) / Unit;
        _found.Clear();
        foreach (ref readonly var list in CollectionsMarshal.AsSpan(_lists).Slice(term.First, term.Lists))
            if (list.Found.Length > 0)
            {
                _found.Add((list.Found, (ushort)Math.Ceiling(list.Worth * perWorth)));
                Walked += list.Found.Length;
            }
        if (_found.Count > 1)
            AddBest(postings, sums);
        else if (_found.Count == 1 && _found[0] is var (only, factor))
            if (only.HasRow)
                AddUp.Row(postings.Row(only), factor, sums);
            else
                AddUp.List(postings.Chunks(only), postings.ImpactsOf(only), factor, sums);
    }

    /// <summary>Of several lists. The longest comes last: what it gives need not be noted, nor cleared. The next longest comes first: what it gives need not be compared.</summary>
    private void AddBest(Postings postings, Span<ushort> sums)
    {
        var lists = CollectionsMarshal.AsSpan(_found);
        PutLongest(lists, lists.Length - 1);
        PutLongest(lists[..^1], 0);
        var ofTerm = _ofTerm.AsSpan(0, sums.Length);
        for (var i = 0; i < lists.Length - 1; i++)
        {
            var (list, factor) = lists[i];
            if (list.HasRow)
                AddUp.RaiseRow(postings.Row(list), factor, ofTerm, sums);
            else if (i == 0)
                AddUp.RaiseFirstList(postings.Chunks(list), postings.ImpactsOf(list), factor, ofTerm, sums);
            else
                AddUp.RaiseList(postings.Chunks(list), postings.ImpactsOf(list), factor, ofTerm, sums);
        }
        var (last, itsFactor) = lists[^1];
        if (last.HasRow)
            AddUp.RaiseRow(postings.Row(last), itsFactor, ofTerm, sums);
        else
            AddUp.RaiseLastList(postings.Chunks(last), postings.ImpactsOf(last), itsFactor, ofTerm, sums);
        if (last.HasRow)
            ofTerm.Clear();
        else
            foreach (var (list, _) in lists[..^1])
                AddUp.Clear(postings.Chunks(list), ofTerm);
    }

    private static void PutLongest(Span<(TermList List, ushort Factor)> lists, int place)
    {
        for (var i = 0; i < lists.Length; i++)
            if (lists[i].List.Length > lists[place].List.Length)
                (lists[i], lists[place]) = (lists[place], lists[i]);
    }

    private double Drift(PlacedSegment placed) => ofGrams ? placed.Drift.Grams : placed.Drift.Stems;

    private Span<ushort> Sums(PlacedSegment placed) => _sums.AsSpan(placed.Start, BlockMaxima.Count(placed.Segment.Size) * BlockMaxima.Size);

    private Span<ushort> Blocks(PlacedSegment placed) => _blocks.AsSpan(placed.Start / BlockMaxima.Size, BlockMaxima.Count(placed.Segment.Size));

    private struct AskedList(int id, double worth)
    {
        public readonly int Id = id;
        public readonly double Worth = worth;
        public TermList Found;
    }

    private struct Asked(int first)
    {
        public readonly int First = first;
        public int Lists;
        public double Worth;
    }
}
