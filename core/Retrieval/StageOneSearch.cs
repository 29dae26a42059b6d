using System.Runtime.InteropServices;
using Support.Knowledge;

namespace Support.Retrieval;

/// <summary>
/// The best chunks by <see cref="StageOne"/>, exactly: <see cref="TermSums"/> says what each chunk can have at most, and whatever could be among the best by that is
/// scored from its own words.
/// </summary>
internal sealed class StageOneSearch
{
    // Products of single precision may be less by so much.
    private const double Rounding = 1e-5;

    // Chunks alike (the rows of a long price list) can have at most the same, all of them. So many are told apart by their words; of the rest the first ones are as good.
    private const int MostTied = 2_048;

    // Read together; see ExactScores.
    private const int Together = 256;

    private readonly List<int> _gathered = [];

    private readonly BestSums _best = new();
    private readonly ExactScores _exact = new();

    public TermSums Stems { get; } = new(ofGrams: false);

    public TermSums Grams { get; } = new(ofGrams: true);

    /// <summary>Chunks scored from their own words for the last question.</summary>
    public int Scored => _exact.Count;

    /// <summary>Bytes that are as many as the index has chunks, and its lexicon words.</summary>
    public long Size => _exact.Size + Stems.Size + Grams.Size;

    public double GreatestStems { get; private set; }

    public double GreatestGrams { get; private set; }

    /// <summary>Worst first.</summary>
    /// <param name="also">Slots that are candidates whatever their score; those that are not among the best come last.</param>
    public List<Candidate> Run(QuestionPlan plan, IndexSnapshot snapshot, Audience audience, int[]? also = null)
    {
        AddUp(plan, snapshot, Segment.LeastReader(audience));
        _exact.Begin(plan, snapshot);
        GreatestStems = Greatest(Stems, snapshot, static score => score.Stems);
        GreatestGrams = Greatest(Grams, snapshot, static score => score.Grams);
        var best = Best(snapshot).Take((slot, score) =>
        {
            var (stems, grams) = _exact.Of(slot);
            return new Candidate(slot, snapshot, score, stems, grams);
        });
        foreach (var slot in also?.Except(best.Select(candidate => candidate.Slot)) ?? [])
        {
            var (stems, grams) = _exact.Of(slot);
            best.Add(new Candidate(slot, snapshot, StageOne.Score(stems, GreatestStems, grams, GreatestGrams), stems, grams));
        }
        _exact.End();
        return best;
    }

    private void AddUp(QuestionPlan plan, IndexSnapshot snapshot, byte leastReader)
    {
        Stems.Begin(snapshot);
        foreach (var stem in plan.Stems)
        {
            Stems.AddTerm();
            if (stem.Id != Lexicon.None)
                Stems.AddList(stem.Id, stem.Weight * stem.Idf);
            foreach (var variant in stem.Variants)
                Stems.AddList(variant.Id, stem.Weight * variant.Weight * variant.Idf);
        }
        Stems.Walk(snapshot, leastReader);
        Grams.Begin(snapshot);
        foreach (var gram in plan.Grams)
            if (gram.Id != Lexicon.None)
            {
                Grams.AddTerm();
                Grams.AddList(gram.Id, gram.Weight * gram.Idf);
            }
        Grams.Walk(snapshot, leastReader);
    }

    /// <summary>The greatest score of a readable chunk: what both are divided by.</summary>
    private double Greatest(TermSums sums, IndexSnapshot snapshot, Func<(double Stems, double Grams), double> scoreOf)
    {
        // When the one with the greatest sum was scored, hardly any other has to be.
        var greatest = 0.0;
        if (sums.Greatest(snapshot) is var (segment, chunk))
            greatest = scoreOf(_exact.Of(segment.Start + chunk));
        var left = MostTied;
        foreach (var placed in snapshot.Segments)
        {
            var blocks = sums.BlocksOf(placed);
            for (var block = Next(blocks, 0); block >= 0 && left > 0; block = Next(blocks, block + 1))
            {
                _gathered.Clear();
                var first = block * BlockMaxima.Size;
                var own = sums.SumsOf(placed).Slice(first, BlockMaxima.Size);
                for (var i = Next(own, 0); i >= 0; i = Next(own, i + 1))
                    _gathered.Add(placed.Start + first + i);
                left -= _gathered.Count;
                _exact.Read(CollectionsMarshal.AsSpan(_gathered));
                foreach (var slot in _gathered)
                    greatest = Math.Max(greatest, scoreOf(_exact.Of(slot)));
            }
        }
        return greatest;

        int Next(ReadOnlySpan<ushort> all, int from) => NextAbove.Of(all, (int)Math.Min(greatest / sums.Unit, ushort.MaxValue), from);
    }

    private BestSlots Best(IndexSnapshot snapshot)
    {
        var ofStems = (float)(StageOne.Score(Stems.Unit, GreatestStems, 0, 0) * (1 + Rounding));
        var ofGrams = (float)(StageOne.Score(0, 0, Grams.Unit, GreatestGrams) * (1 + Rounding));
        _best.Begin(snapshot.Slots);
        foreach (var placed in snapshot.Segments)
            _best.Bound(placed, Stems.BlocksOf(placed), Grams.BlocksOf(placed), ofStems, ofGrams);
        _best.BeginToLook(snapshot);
        foreach (var placed in snapshot.Segments)
            _best.Look(placed, Stems.SumsOf(placed), Grams.SumsOf(placed), ofStems, ofGrams);
        var best = new BestSlots(StageOne.Candidates);
        _exact.Read(_best.Slots);
        foreach (var slot in _best.Slots)
            best.Offer(slot, Score(slot));
        if (_best.IsFull)
            OfferOthers(best, snapshot, ofStems, ofGrams);
        return best;
    }

    /// <summary>Scores whatever else could be among the best.</summary>
    private void OfferOthers(BestSlots best, IndexSnapshot snapshot, float ofStems, float ofGrams)
    {
        var left = MostTied;
        _gathered.Clear();
        foreach (var placed in snapshot.Segments)
        {
            var blocks = _best.BoundsOf(placed);
            for (var block = NextAbove.Of(blocks, Below(best.Least), 0); block >= 0 && left > 0; block = NextAbove.Of(blocks, Below(best.Least), block + 1))
            {
                left -= Gather(best, placed, block, ofStems, ofGrams);
                if (_gathered.Count >= Together)
                    OfferGathered(best);
            }
        }
        OfferGathered(best);
    }

    private int Gather(BestSlots best, PlacedSegment placed, int block, float ofStems, float ofGrams)
    {
        var before = _gathered.Count;
        var first = block * BlockMaxima.Size;
        Span<float> values = stackalloc float[BlockMaxima.Size];
        WeightedSums.Add(Stems.SumsOf(placed).Slice(first, BlockMaxima.Size), Grams.SumsOf(placed).Slice(first, BlockMaxima.Size), ofStems, ofGrams, values);
        for (var i = NextAbove.Of(values, Below(best.Least), 0); i >= 0; i = NextAbove.Of(values, Below(best.Least), i + 1))
            if (!_best.Slots.Contains(placed.Start + first + i))
                _gathered.Add(placed.Start + first + i);
        return _gathered.Count - before;
    }

    /// <summary>Whatever reaches the score is above this.</summary>
    private static float Below(double score) => score > 0 ? MathF.BitDecrement((float)score) : 0;

    private void OfferGathered(BestSlots best)
    {
        _exact.Read(CollectionsMarshal.AsSpan(_gathered));
        foreach (var slot in _gathered)
            best.Offer(slot, Score(slot));
        _gathered.Clear();
    }

    private double Score(int slot)
    {
        var (stems, grams) = _exact.Of(slot);
        return StageOne.Score(stems, GreatestStems, grams, GreatestGrams);
    }
}
