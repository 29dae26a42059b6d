using System.Runtime.InteropServices;

namespace Support.Retrieval;

/// <summary>
/// Sums of a question's terms (all stems, or all 4-grams) over the chunks of a snapshot, by MaxScore (Turtle, Flood: Query evaluation, 1995). Segment by segment
/// terms are walked, from the one with the fewest postings for what it is worth to the one with the most, until all that are left are together worth well less than
/// the fiftieth best chunk has already: whoever has none of the walked terms is out. Whether a chunk that is in has the others is looked up.
/// </summary>
internal sealed class TermScores(bool ofGrams)
{
    // A look at all sums of a segment costs as much as walking a list of this part of its chunks.
    private const int LookWorth = 4;

    // Walking on until less is left than could decide spares more look-ups than it costs.
    private const float MostLeft = .6f;

    // A chunk is looked up in every list that is left, so of a message with hundreds of words more are walked.
    private const int MostLookedUp = 64;

    private const float Unknown = -1;

    // Sums of single precision in another order differ by less.
    public const float Rounding = 1e-5f;

    private readonly List<Asked> _terms = [];
    private readonly List<float> _worths = [];
    private readonly List<int> _completed = [];
    private readonly BestSums _best = new();
    private Placed[] _places = [];
    private float[] _rests = [];
    private int[] _walked = [];
    private float[] _sums = [];
    private float[] _blocks = [];
    private float[] _exact = [];
    private float[] _ofTerm = [];
    private IndexSnapshot _snapshot = null!;

    /// <summary>Of the walked terms, for each chunk of a segment: short by <see cref="RestOf"/> at most.</summary>
    public ReadOnlySpan<float> SumsOf(PlacedSegment placed) => Sums(placed);

    /// <summary>See <see cref="BlockMaxima"/>.</summary>
    public ReadOnlySpan<float> BlocksOf(PlacedSegment placed) => Blocks(placed);

    /// <summary>So many readable chunks as <see cref="StageOne.Candidates"/> have at least this; 0 when there are not so many.</summary>
    public float Least => _best.Least;

    /// <summary>Postings looked at one after another for this question.</summary>
    public long Walked { get; private set; }

    public void Begin(IndexSnapshot snapshot)
    {
        foreach (var slot in _completed)
            _exact[slot] = Unknown;
        _completed.Clear();
        _terms.Clear();
        _worths.Clear();
        _best.Clear();
        _snapshot = snapshot;
        Walked = 0;
        if (_sums.Length < snapshot.Slots)
        {
            _sums = new float[snapshot.Slots];
            _blocks = new float[BlockMaxima.Count(snapshot.Slots)];
            _exact = new float[snapshot.Slots];
            Array.Fill(_exact, Unknown);
        }
    }

    /// <summary>Lets go of the snapshot: a thread keeps this object, and would keep the whole index of a tenant that nobody asks any more.</summary>
    public void End() => _snapshot = null!;

    /// <summary>Another term, of no list yet.</summary>
    public void AddTerm() => _terms.Add(new Asked(_worths.Count));

    /// <summary>Postings by which the term may be met; the list that gives a chunk most counts.</summary>
    public void AddList(int id, float worth)
    {
        var segments = _snapshot.Segments;
        ref var term = ref CollectionsMarshal.AsSpan(_terms)[^1];
        var at = _worths.Count * segments.Length;
        if (_places.Length < at + segments.Length)
            Array.Resize(ref _places, Math.Max(256, 2 * (at + segments.Length)));
        _worths.Add(worth);
        term.Lists++;
        for (var i = 0; i < segments.Length; i++)
        {
            var found = PostingsOf(segments[i]).Find(id);
            var bound = worth * Scoring.Saturation(found.Most * Drift(segments[i])) * (1 + Rounding);
            _places[at + i] = new Placed(found, bound);
            term.Postings += found.Length;
            term.Bound = Math.Max(term.Bound, bound);
        }
    }

    /// <param name="least">Of <see cref="Segment.Readers"/>.</param>
    public void Walk(byte least)
    {
        _terms.RemoveAll(static term => term.Postings == 0);
        _terms.Sort(static (one, other) => (one.Postings * (double)other.Bound).CompareTo(other.Postings * (double)one.Bound));
        if (_walked.Length < _snapshot.Segments.Length)
            _walked = new int[_snapshot.Segments.Length];
        if (_rests.Length < _snapshot.Segments.Length * (_terms.Count + 1))
            _rests = new float[2 * _snapshot.Segments.Length * (_terms.Count + 1)];
        for (var segment = 0; segment < _snapshot.Segments.Length; segment++)
            Walk(segment, least);
    }

    /// <summary>The most that terms not walked can add to a sum of the segment.</summary>
    public float RestOf(int segment) => _rests[segment * (_terms.Count + 1) + _walked[segment]];

    /// <summary>Walks one more term; <see cref="Settle"/> must follow.</summary>
    public void WalkNext(int segment) => Add(_terms[_walked[segment]++], segment);

    public void Settle(int segment)
    {
        var placed = _snapshot.Segments[segment];
        BlockMaxima.Fill(Sums(placed), Blocks(placed));
    }

    /// <summary>The greatest sum of a readable chunk.</summary>
    public float Greatest(byte least)
    {
        var greatest = 0f;
        foreach (var slot in _best.Slots)
            if (TryComplete(slot, _snapshot.SegmentOf(slot), greatest))
                greatest = Math.Max(greatest, _exact[slot]);
        for (var segment = 0; segment < _snapshot.Segments.Length; segment++)
        {
            if (RestOf(segment) == 0)
                continue;
            var placed = _snapshot.Segments[segment];
            var readers = placed.Segment.Readers;
            var sums = SumsOf(placed);
            var blocks = BlocksOf(placed);
            for (var block = 0; block < blocks.Length; block++)
            {
                if (blocks[block] + RestOf(segment) <= greatest)
                    continue;
                var first = block * BlockMaxima.Size;
                for (var i = first; i < Math.Min(readers.Length, first + BlockMaxima.Size); i++)
                    if (sums[i] + RestOf(segment) > greatest && readers[i] >= least && TryComplete(placed.Start + i, segment, greatest))
                        greatest = Math.Max(greatest, _exact[placed.Start + i]);
            }
        }
        return greatest;
    }

    /// <summary>Looks up what was not walked, unless the chunk turns out to have less than <paramref name="needed"/>.</summary>
    public bool TryComplete(int slot, int segment, float needed)
    {
        if (_exact[slot] != Unknown)
            return true;
        var sum = _sums[slot];
        var placed = _snapshot.Segments[segment];
        var postings = PostingsOf(placed);
        var chunk = slot - placed.Start;
        var norm = NormsOf(placed)[chunk];
        var rests = _rests.AsSpan(segment * (_terms.Count + 1));
        for (var i = _walked[segment]; i < _terms.Count; i++)
        {
            if (sum + rests[i] < needed * (1 - Rounding))
                return false;
            var most = 0f;
            for (var list = _terms[i].First; list < _terms[i].First + _terms[i].Lists; list++)
            {
                ref readonly var place = ref PlaceOf(list, segment);
                if (postings.TryFind(place.List, chunk, out var posting))
                    most = Math.Max(most, _worths[list] * Scoring.Saturation(posting, norm));
            }
            sum += most;
        }
        _exact[slot] = sum;
        _completed.Add(slot);
        return true;
    }

    /// <summary>Of a chunk that is complete.</summary>
    public float Exact(int slot) => _exact[slot];

    private void Walk(int segment, byte least)
    {
        var placed = _snapshot.Segments[segment];
        var rests = Rests(segment);
        Sums(placed).Clear();
        var looked = true;
        ref var walked = ref _walked[segment];
        for (walked = 0; walked < _terms.Count && IsWorthWalking(rests[walked], walked); walked++)
        {
            if (!looked && PostingsIn(_terms[walked], segment) * LookWorth > placed.Segment.Size)
            {
                Look(segment, least);
                looked = true;
                if (!IsWorthWalking(rests[walked], walked))
                    break;
            }
            Add(_terms[walked], segment);
            looked = false;
        }
        if (!looked)
            Look(segment, least);
        else if (walked == 0)
            Blocks(placed).Clear();
    }

    private bool IsWorthWalking(float rest, int walked) => rest >= Least * MostLeft || _terms.Count - walked > MostLookedUp;

    private void Look(int segment, byte least)
    {
        Settle(segment);
        var placed = _snapshot.Segments[segment];
        _best.Look(placed, Sums(placed), Blocks(placed), least);
    }

    /// <summary>What each term and all behind it can give a chunk of the segment.</summary>
    private ReadOnlySpan<float> Rests(int segment)
    {
        var rests = _rests.AsSpan(segment * (_terms.Count + 1), _terms.Count + 1);
        var rest = 0f;
        rests[^1] = 0;
        for (var i = _terms.Count - 1; i >= 0; i--)
        {
            var bound = 0f;
            for (var list = _terms[i].First; list < _terms[i].First + _terms[i].Lists; list++)
                bound = Math.Max(bound, PlaceOf(list, segment).Bound);
            rests[i] = rest += bound;
        }
        return rests;
    }

    private int PostingsIn(Asked term, int segment)
    {
        var postings = 0;
        for (var list = term.First; list < term.First + term.Lists; list++)
            postings += PlaceOf(list, segment).List.Length;
        return postings;
    }

    private void Add(Asked term, int segment)
    {
        var placed = _snapshot.Segments[segment];
        var norms = NormsOf(placed);
        var sums = _sums.AsSpan(placed.Start, norms.Length);
        Walked += PostingsIn(term, segment);
        if (term.Lists == 1)
        {
            Scoring.Add(ListOf(term.First, segment), norms, _worths[term.First], sums);
            return;
        }
        if (_ofTerm.Length < norms.Length)
            _ofTerm = new float[norms.Length];
        for (var list = term.First; list < term.First + term.Lists; list++)
            Scoring.Raise(ListOf(list, segment), norms, _worths[list], _ofTerm);
        for (var list = term.First; list < term.First + term.Lists; list++)
            Scoring.Move(ListOf(list, segment), _ofTerm, sums);
    }

    private Span<float> Sums(PlacedSegment placed) => _sums.AsSpan(placed.Start, BlockMaxima.Count(placed.Segment.Size) * BlockMaxima.Size);

    private Span<float> Blocks(PlacedSegment placed) => _blocks.AsSpan(placed.Start / BlockMaxima.Size, BlockMaxima.Count(placed.Segment.Size));

    private ReadOnlySpan<uint> ListOf(int list, int segment)
    {
        ref readonly var place = ref PlaceOf(list, segment);
        return PostingsOf(_snapshot.Segments[segment]).Items.AsSpan(place.List.Start, place.List.Length);
    }

    private ref readonly Placed PlaceOf(int list, int segment) => ref _places[list * _snapshot.Segments.Length + segment];

    private Postings PostingsOf(PlacedSegment placed) => ofGrams ? placed.Segment.Grams : placed.Segment.Stems;

    private FieldNorm[] NormsOf(PlacedSegment placed) => ofGrams ? placed.Norms.Grams : placed.Norms.Stems;

    private float Drift(PlacedSegment placed) => ofGrams ? placed.Norms.GramDrift : placed.Norms.StemDrift;

    /// <summary>A list in one segment.</summary>
    /// <param name="Bound">The most it gives a chunk.</param>
    private readonly record struct Placed(TermList List, float Bound);

    private struct Asked(int first)
    {
        public readonly int First = first;
        public int Lists;
        public long Postings;
        public float Bound;
    }
}
