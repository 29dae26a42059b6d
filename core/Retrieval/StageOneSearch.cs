using Support.Knowledge;

namespace Support.Retrieval;

/// <summary>
/// The best chunks by <see cref="StageOne"/>, exactly, without adding up every posting: see <see cref="TermScores"/>. The greatest sums of stems and of 4-grams are
/// found first, for both are divided by them; then whatever could be among the best by what is added up already is looked up to the end.
/// </summary>
internal sealed class StageOneSearch
{
    // While what is not walked may give a chunk more than this part of what the fiftieth has, too many would have to be looked up: one look-up costs as much as
    // walking some fifty postings. Tried at 150,000 chunks: .2 is no better, .4 and .7 are worse.
    private const float MostLeft = .3f;

    private readonly BestSums _best = new();

    public TermScores Stems { get; } = new(ofGrams: false);

    public TermScores Grams { get; } = new(ofGrams: true);

    public float GreatestStems { get; private set; }

    public float GreatestGrams { get; private set; }

    /// <summary>Worst first.</summary>
    public List<Candidate> Run(QuestionPlan plan, IndexSnapshot snapshot, Audience audience)
    {
        var readers = Segment.LeastReader(audience);
        Ask(plan, snapshot);
        Stems.Walk(readers);
        Grams.Walk(readers);
        GreatestStems = Stems.Greatest(readers);
        GreatestGrams = Grams.Greatest(readers);
        var best = Best(snapshot, readers).Take((slot, score) =>
            new Candidate(slot, snapshot, score, Stems.Exact(slot), Grams.Exact(slot)));
        Stems.End();
        Grams.End();
        return best;
    }

    private void Ask(QuestionPlan plan, IndexSnapshot snapshot)
    {
        Stems.Begin(snapshot);
        foreach (var stem in plan.Stems)
        {
            Stems.AddTerm();
            if (stem.Id != Lexicon.None)
                Stems.AddList(stem.Id, (float)(stem.Weight * stem.Idf));
            foreach (var variant in stem.Variants)
                Stems.AddList(variant.Id, (float)(stem.Weight * variant.Weight * variant.Idf));
        }
        Grams.Begin(snapshot);
        foreach (var gram in plan.Grams)
        {
            Grams.AddTerm();
            if (gram.Id != Lexicon.None)
                Grams.AddList(gram.Id, (float)(gram.Weight * gram.Idf));
        }
    }

    private BestSlots Best(IndexSnapshot snapshot, byte readers)
    {
        var ofStems = (float)StageOne.Score(1, GreatestStems, 0, 0);
        var ofGrams = (float)StageOne.Score(0, 0, 1, GreatestGrams);
        var best = new BestSlots(StageOne.Candidates);
        _best.Clear(Math.Max(ofStems * Stems.Least, ofGrams * Grams.Least) * (1 - TermScores.Rounding));
        for (var segment = 0; segment < snapshot.Segments.Length; segment++)
            Look(snapshot.Segments[segment], ofStems, ofGrams, readers);
        _best.Settle();
        foreach (var slot in _best.Slots)
        {
            var segment = snapshot.SegmentOf(slot);
            Stems.TryComplete(slot, segment, 0);
            Grams.TryComplete(slot, segment, 0);
            best.Offer(slot, Score(slot));
        }
        for (var segment = 0; segment < snapshot.Segments.Length; segment++)
        {
            WalkOn(segment, ofStems, ofGrams, (float)best.Least);
            Offer(best, snapshot.Segments[segment], segment, ofStems, ofGrams, readers);
        }
        return best;
    }

    /// <summary>Takes up the best by what is added up so far.</summary>
    private void Look(PlacedSegment placed, float ofStems, float ofGrams, byte readers)
    {
        var readable = placed.Segment.Readers;
        var stems = Stems.SumsOf(placed);
        var grams = Grams.SumsOf(placed);
        var blocksOfStems = Stems.BlocksOf(placed);
        var blocksOfGrams = Grams.BlocksOf(placed);
        for (var block = 0; block < blocksOfStems.Length; block++)
        {
            if (!_best.Takes(ofStems * blocksOfStems[block] + ofGrams * blocksOfGrams[block]))
                continue;
            var first = block * BlockMaxima.Size;
            for (var i = first; i < Math.Min(readable.Length, first + BlockMaxima.Size); i++)
                if (readable[i] >= readers)
                    _best.Offer(placed.Start + i, ofStems * stems[i] + ofGrams * grams[i]);
        }
    }

    private void WalkOn(int segment, float ofStems, float ofGrams, float least)
    {
        var (walkedStems, walkedGrams) = (false, false);
        while (ofStems * Stems.RestOf(segment) is var stems && ofGrams * Grams.RestOf(segment) is var grams && stems + grams > 0 && stems + grams >= MostLeft * least)
        {
            (stems > grams ? Stems : Grams).WalkNext(segment);
            walkedStems |= stems > grams;
            walkedGrams |= stems <= grams;
        }
        if (walkedStems)
            Stems.Settle(segment);
        if (walkedGrams)
            Grams.Settle(segment);
    }

    /// <summary>Looks up whatever could be among the best.</summary>
    private void Offer(BestSlots best, PlacedSegment placed, int segment, float ofStems, float ofGrams, byte readers)
    {
        var taken = _best.Slots;
        var readable = placed.Segment.Readers;
        var stems = Stems.SumsOf(placed);
        var grams = Grams.SumsOf(placed);
        var blocksOfStems = Stems.BlocksOf(placed);
        var blocksOfGrams = Grams.BlocksOf(placed);
        var restOfStems = Stems.RestOf(segment);
        var rest = ofStems * restOfStems + ofGrams * Grams.RestOf(segment);
        for (var block = 0; block < blocksOfStems.Length; block++)
        {
            var needed = (float)best.Least * (1 - TermScores.Rounding);
            if (ofStems * blocksOfStems[block] + ofGrams * blocksOfGrams[block] is var most && (most == 0 || most + rest < needed))
                continue;
            var first = block * BlockMaxima.Size;
            for (var i = first; i < Math.Min(readable.Length, first + BlockMaxima.Size); i++)
            {
                var sum = ofStems * stems[i] + ofGrams * grams[i];
                var slot = placed.Start + i;
                if (sum == 0 || sum + rest < needed || readable[i] < readers || taken.Contains(slot))
                    continue;
                if (Grams.TryComplete(slot, segment, ofGrams == 0 ? 0 : (needed - ofStems * (stems[i] + restOfStems)) / ofGrams)
                    && Stems.TryComplete(slot, segment, ofStems == 0 ? 0 : (needed - ofGrams * Grams.Exact(slot)) / ofStems))
                    best.Offer(slot, Score(slot));
                needed = (float)best.Least * (1 - TermScores.Rounding);
            }
        }
    }

    private double Score(int slot) => StageOne.Score(Stems.Exact(slot), GreatestStems, Grams.Exact(slot), GreatestGrams);
}
