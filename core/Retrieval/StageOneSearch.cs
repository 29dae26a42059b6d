using Support.Knowledge;

namespace Support.Retrieval;

/// <summary>
/// The best chunks by <see cref="StageOne"/>, exactly, without adding up every posting: see <see cref="TermScores"/>. The greatest sums of stems and of 4-grams are
/// found first, for both are divided by them; then whatever could be among the best by what is added up already is looked up to the end.
/// </summary>
internal sealed class StageOneSearch
{
    // While what is not walked may give a chunk more than this part of what the fiftieth has, too many would have to be looked up.
    private const float MostLeft = .7f;

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
        return Best(snapshot, readers).Take((slot, score) =>
            new Candidate(slot, snapshot.EntryAt(slot), score, Stems.Exact(slot), Grams.Exact(slot)));
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
        _best.Look(snapshot, Stems.Sums, ofStems, Grams.Sums, ofGrams, readers);
        foreach (var slot in _best.Slots)
        {
            Stems.TryComplete(slot, 0);
            Grams.TryComplete(slot, 0);
            best.Offer(slot, Score(slot));
        }
        var taken = _best.Slots;
        while (Stems.Rest + Grams.Rest > 0 && ofStems * Stems.Rest + ofGrams * Grams.Rest >= MostLeft * best.Least)
            (ofStems * Stems.Rest > ofGrams * Grams.Rest ? Stems : Grams).WalkNext();

        foreach (var placed in snapshot.Segments)
        {
            var readable = placed.Segment.Readers;
            var stems = Stems.Sums.Slice(placed.Start, readable.Length);
            var grams = Grams.Sums.Slice(placed.Start, readable.Length);
            var rest = ofStems * Stems.Rest + ofGrams * Grams.Rest;
            for (var i = 0; ; i++)
            {
                var needed = (float)best.Least * (1 - TermScores.Rounding);
                i = FloatScan.NextAbove(stems, ofStems, grams, ofGrams, i, Math.Max(0, needed - rest));
                if (i == stems.Length)
                    break;
                var slot = placed.Start + i;
                if (readable[i] < readers || taken.Contains(slot))
                    continue;
                if (Grams.TryComplete(slot, ofGrams == 0 ? 0 : (needed - ofStems * (stems[i] + Stems.Rest)) / ofGrams)
                    && Stems.TryComplete(slot, ofStems == 0 ? 0 : (needed - ofGrams * Grams.Exact(slot)) / ofStems))
                    best.Offer(slot, Score(slot));
            }
        }
        return best;
    }

    private double Score(int slot) => StageOne.Score(Stems.Exact(slot), GreatestStems, Grams.Exact(slot), GreatestGrams);
}
