namespace Support.Retrieval;

/// <summary>Walks the postings of a question's terms. The only hot loops of a search.</summary>
internal static class Scoring
{
    public static void Add(ReadOnlySpan<uint> postings, FieldNorm[] norms, float worth, Span<float> scores)
    {
        foreach (var posting in postings)
            scores[Postings.Chunk(posting)] += worth * Saturation(posting, norms);
    }

    public static void Raise(ReadOnlySpan<uint> postings, FieldNorm[] norms, float worth, Span<float> best)
    {
        foreach (var posting in postings)
        {
            ref var one = ref best[Postings.Chunk(posting)];
            one = Math.Max(one, worth * Saturation(posting, norms));
        }
    }

    /// <summary>Adds the best of these chunks to their scores once, and clears it for the next stem.</summary>
    public static void Move(ReadOnlySpan<uint> postings, Span<float> best, Span<float> scores)
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
        return Saturation(Occurrences(inTitle, inBody, norm));
    }

    public static float Saturation(float x) => 2 * x / (1 + x);

    /// <summary>x of <see cref="Bm25F"/>: what is saturated.</summary>
    public static float Occurrences(uint inTitle, uint inBody, FieldNorm norm) => inTitle * norm.Title + inBody * norm.Body;
}
