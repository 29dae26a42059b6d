using System.Runtime.InteropServices;

namespace Support.Retrieval;

/// <summary>
/// Sums of a question's terms (all stems, or all 4-grams) over the chunks of a snapshot, by MaxScore (Turtle, Flood: Query evaluation, 1995): terms are walked from
/// the one with the fewest postings for what it is worth to the one with the most, until all that are left together are worth less than the fiftieth best chunk
/// has already. Whoever has none of the walked terms is out. Whether a chunk that is in has the others is looked up.
/// </summary>
internal sealed class TermScores(bool ofGrams)
{
    // A look at all sums costs as much as walking a list of this part of them.
    private const int LookWorth = 16;

    private const float Unknown = -1;

    // Sums of single precision in another order differ by less.
    public const float Rounding = 1e-5f;

    private readonly List<Asked> _terms = [];
    private readonly List<(int Id, float Worth)> _lists = [];
    private readonly BestSums _best = new();
    private readonly List<int> _completed = [];
    private Placed[] _places = [];
    private float[] _sums = [];
    private float[] _ofTerm = [];
    private float[] _exact = [];
    private IndexSnapshot _snapshot = null!;
    private int _walked;

    /// <summary>Of the walked terms, by slot: short by <see cref="Rest"/> at most.</summary>
    public ReadOnlySpan<float> Sums => _sums.AsSpan(0, _snapshot.Slots);

    /// <summary>The most that terms not walked can add to a sum.</summary>
    public float Rest { get; private set; }

    /// <summary>At least <see cref="StageOne.Candidates"/> readable chunks have this much; 0 when there are not so many.</summary>
    public float Least => _best.Least;

    /// <summary>Postings looked at one after another since <see cref="Begin"/>.</summary>
    public long Walked { get; private set; }

    public void Begin(IndexSnapshot snapshot)
    {
        _snapshot = snapshot;
        _terms.Clear();
        _lists.Clear();
        Walked = 0;
        Rest = 0;
        foreach (var slot in _completed)
            _exact[slot] = Unknown;
        _completed.Clear();
        if (_sums.Length < snapshot.Slots)
        {
            _sums = new float[snapshot.Slots];
            _exact = new float[snapshot.Slots];
            Array.Fill(_exact, Unknown);
        }
        Array.Clear(_sums, 0, snapshot.Slots);
    }

    /// <summary>Another term, of no list yet.</summary>
    public void AddTerm() => _terms.Add(new Asked { First = _lists.Count });

    /// <summary>Postings by which the term may be met; the one that gives a chunk most counts.</summary>
    public void AddList(int id, float worth)
    {
        var segments = _snapshot.Segments;
        ref var term = ref CollectionsMarshal.AsSpan(_terms)[^1];
        var at = _lists.Count * segments.Length;
        if (_places.Length < at + segments.Length)
            Array.Resize(ref _places, Math.Max(64, 2 * (at + segments.Length)));
        _lists.Add((id, worth));
        term.Lists++;
        for (var i = 0; i < segments.Length; i++)
        {
            var (start, length, most) = PostingsOf(segments[i]).Find(id);
            _places[at + i] = new Placed(start, length);
            term.Postings += length;
            term.Bound = Math.Max(term.Bound, worth * Scoring.Saturation(most * Drift(segments[i])) * (1 + Rounding));
        }
    }

    /// <param name="least">Of <see cref="Segment.Readers"/>.</param>
    public void Walk(byte least)
    {
        _terms.RemoveAll(static term => term.Postings == 0);
        _terms.Sort(static (one, other) => (one.Postings * (double)other.Bound).CompareTo(other.Postings * (double)one.Bound));
        _best.Clear();
        var terms = CollectionsMarshal.AsSpan(_terms);
        var rest = 0.0;
        foreach (ref var term in terms)
            rest += term.Bound;
        for (_walked = 0; _walked < terms.Length; _walked++)
        {
            ref var term = ref terms[_walked];
            if (term.Postings * (long)LookWorth > _snapshot.Slots && _walked > 0)
                _best.Look(_snapshot, _sums, least);
            if (rest < Least)
                break;
            Add(term);
            rest -= term.Bound;
        }
        // Those that can add most are looked up first: they decide soonest that a chunk is out.
        var left = terms[_walked..];
        left.Sort(static (one, other) => other.Bound.CompareTo(one.Bound));
        rest = 0;
        for (var i = left.Length - 1; i >= 0; i--)
            left[i].RestFromHere = (float)(rest += left[i].Bound);
        Rest = (float)rest;
        _best.Look(_snapshot, _sums, least);
    }

    /// <summary>The greatest sum of a readable chunk.</summary>
    public float Greatest(byte least)
    {
        var greatest = 0f;
        foreach (var slot in _best.Slots)
            if (TryComplete(slot, greatest))
                greatest = Math.Max(greatest, _exact[slot]);
        if (Rest == 0)
            return greatest;
        foreach (var placed in _snapshot.Segments)
        {
            var readers = placed.Segment.Readers;
            var sums = _sums.AsSpan(placed.Start, readers.Length);
            for (var i = 0; (i = FloatScan.NextAbove(sums, i, greatest - Rest)) < sums.Length; i++)
                if (readers[i] >= least && TryComplete(placed.Start + i, greatest))
                    greatest = Math.Max(greatest, _exact[placed.Start + i]);
        }
        return greatest;
    }

    /// <summary>Of a chunk that is complete.</summary>
    public float Exact(int slot) => _exact[slot];

    /// <summary>Walks one more term.</summary>
    public void WalkNext()
    {
        Add(_terms[_walked++]);
        Rest = _walked < _terms.Count ? _terms[_walked].RestFromHere : 0;
    }

    /// <summary>Looks up what was not walked, unless the chunk turns out to have less than <paramref name="needed"/>.</summary>
    public bool TryComplete(int slot, float needed)
    {
        if (_exact[slot] != Unknown)
            return true;
        var sum = _sums[slot];
        if (_walked < _terms.Count)
        {
            var at = _snapshot.SegmentOf(slot);
            var placed = _snapshot.Segments[at];
            var chunk = slot - placed.Start;
            var norm = (ofGrams ? placed.Norms.Grams : placed.Norms.Stems)[chunk];
            var items = PostingsOf(placed).Items;
            foreach (ref var term in CollectionsMarshal.AsSpan(_terms)[_walked..])
            {
                if (sum + term.RestFromHere < needed * (1 - Rounding))
                    return false;
                var most = 0f;
                for (var list = term.First; list < term.First + term.Lists; list++)
                {
                    var place = _places[list * _snapshot.Segments.Length + at];
                    if (Postings.TryFind(items.AsSpan(place.Start, place.Length), chunk, out var posting))
                        most = Math.Max(most, _lists[list].Worth * Scoring.Saturation(Postings.InTitle(posting), Postings.InBody(posting), norm));
                }
                sum += most;
            }
        }
        _exact[slot] = sum;
        _completed.Add(slot);
        return true;
    }

    private void Add(in Asked term)
    {
        Walked += term.Postings;
        for (var i = 0; i < _snapshot.Segments.Length; i++)
        {
            var placed = _snapshot.Segments[i];
            var norms = ofGrams ? placed.Norms.Grams : placed.Norms.Stems;
            var sums = _sums.AsSpan(placed.Start, norms.Length);
            if (term.Lists == 1)
            {
                Scoring.Add(ListOf(term.First, i), norms, _lists[term.First].Worth, sums);
                continue;
            }
            if (_ofTerm.Length < norms.Length)
                _ofTerm = new float[norms.Length];
            for (var list = term.First; list < term.First + term.Lists; list++)
                Scoring.Raise(ListOf(list, i), norms, _lists[list].Worth, _ofTerm);
            for (var list = term.First; list < term.First + term.Lists; list++)
                Scoring.Move(ListOf(list, i), _ofTerm, sums);
        }
    }

    private ReadOnlySpan<uint> ListOf(int list, int segment)
    {
        var place = _places[list * _snapshot.Segments.Length + segment];
        return PostingsOf(_snapshot.Segments[segment]).Items.AsSpan(place.Start, place.Length);
    }

    private Postings PostingsOf(PlacedSegment placed) => ofGrams ? placed.Segment.Grams : placed.Segment.Stems;

    private float Drift(PlacedSegment placed) => ofGrams ? placed.Norms.GramDrift : placed.Norms.StemDrift;

    private readonly record struct Placed(int Start, int Length);

    private struct Asked
    {
        public int First;
        public int Lists;
        public long Postings;

        /// <summary>The most it can give a chunk.</summary>
        public float Bound;

        /// <summary>The most it can give together with all that are looked up after it.</summary>
        public float RestFromHere;
    }
}
