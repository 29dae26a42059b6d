namespace Support.Retrieval;

/// <summary>Adds the scores of a question's terms chunk by chunk, walking each term's postings once. The only hot loops of a search.</summary>
internal static class Scoring
{
    /// <summary>S(d) = Σ weight·max(idf·sat(stem), greatest over variants of a·min(idf)·sat(variant)).</summary>
    public static void AddStems(QuestionPlan plan, IndexSnapshot snapshot, Span<float> scores, Span<float> best)
    {
        foreach (var placed in snapshot.Segments)
        {
            var postings = placed.Segment.Stems;
            var norms = placed.Norms.Stems;
            var ofSegment = scores.Slice(placed.Start, norms.Length);
            foreach (var stem in plan.Stems)
            {
                if (stem.Variants.Count == 0)
                {
                    if (stem.Id != Lexicon.None)
                        Add(postings.Of(stem.Id), norms, (float)(stem.Weight * stem.Idf), ofSegment);
                    continue;
                }
                var bestOfSegment = best[..norms.Length];
                if (stem.Id != Lexicon.None)
                    Raise(postings.Of(stem.Id), norms, (float)(stem.Weight * stem.Idf), bestOfSegment);
                foreach (var variant in stem.Variants)
                    Raise(postings.Of(variant.Id), norms, (float)(stem.Weight * variant.Weight * variant.Idf), bestOfSegment);
                if (stem.Id != Lexicon.None)
                    Move(postings.Of(stem.Id), bestOfSegment, ofSegment);
                foreach (var variant in stem.Variants)
                    Move(postings.Of(variant.Id), bestOfSegment, ofSegment);
            }
        }
    }

    /// <summary>C(d) = Σ weight·idf·sat(gram).</summary>
    public static void AddGrams(QuestionPlan plan, IndexSnapshot snapshot, Span<float> scores)
    {
        foreach (var placed in snapshot.Segments)
            foreach (var gram in plan.Grams)
                if (gram.Id != Lexicon.None)
                    Add(placed.Segment.Grams.Of(gram.Id), placed.Norms.Grams, (float)(gram.Weight * gram.Idf), scores[placed.Start..]);
    }

    private static void Add(ReadOnlySpan<uint> postings, FieldNorm[] norms, float worth, Span<float> scores)
    {
        foreach (var posting in postings)
            scores[Postings.Chunk(posting)] += worth * Saturation(posting, norms);
    }

    private static void Raise(ReadOnlySpan<uint> postings, FieldNorm[] norms, float worth, Span<float> best)
    {
        foreach (var posting in postings)
        {
            ref var one = ref best[Postings.Chunk(posting)];
            one = Math.Max(one, worth * Saturation(posting, norms));
        }
    }

    /// <summary>Adds the best of these chunks to their scores once, and clears it for the next stem.</summary>
    private static void Move(ReadOnlySpan<uint> postings, Span<float> best, Span<float> scores)
    {
        foreach (var posting in postings)
        {
            var chunk = Postings.Chunk(posting);
            scores[chunk] += best[chunk];
            best[chunk] = 0;
        }
    }

    private static float Saturation(uint posting, FieldNorm[] norms) =>
        Saturation(Postings.InTitle(posting), Postings.InBody(posting), norms[Postings.Chunk(posting)]);

    /// <summary><see cref="Bm25F.Saturation"/> in single precision.</summary>
    public static float Saturation(uint inTitle, uint inBody, FieldNorm norm)
    {
        var x = inTitle * norm.Title + inBody * norm.Body;
        return 2 * x / (1 + x);
    }
}
