using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Support.Retrieval;

/// <summary>
/// Walks the postings of a question's terms. The only hot loops of a search: bounds are not checked for each posting, for its chunk is always one of the segment
/// that it, the norms and the sums belong to.
/// </summary>
internal static class Scoring
{
    public static void Add(ReadOnlySpan<uint> postings, FieldNorm[] norms, float worth, Span<float> sums)
    {
        ref var norm = ref MemoryMarshal.GetArrayDataReference(norms);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        foreach (var posting in postings)
        {
            var chunk = Postings.Chunk(posting);
            Unsafe.Add(ref sum, chunk) += worth * Saturation(posting, Unsafe.Add(ref norm, chunk));
        }
    }

    public static void Raise(ReadOnlySpan<uint> postings, FieldNorm[] norms, float worth, Span<float> best)
    {
        ref var norm = ref MemoryMarshal.GetArrayDataReference(norms);
        ref var first = ref MemoryMarshal.GetReference(best);
        foreach (var posting in postings)
        {
            var chunk = Postings.Chunk(posting);
            ref var one = ref Unsafe.Add(ref first, chunk);
            var score = worth * Saturation(posting, Unsafe.Add(ref norm, chunk));
            one = score > one ? score : one;
        }
    }

    /// <summary>Adds the best of these chunks to their sums once, and clears it for the next stem.</summary>
    public static void Move(ReadOnlySpan<uint> postings, Span<float> best, Span<float> sums)
    {
        ref var first = ref MemoryMarshal.GetReference(best);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        foreach (var posting in postings)
        {
            var chunk = Postings.Chunk(posting);
            Unsafe.Add(ref sum, chunk) += Unsafe.Add(ref first, chunk);
            Unsafe.Add(ref first, chunk) = 0;
        }
    }

    /// <summary><see cref="Bm25F.Saturation"/> in single precision.</summary>
    public static float Saturation(uint posting, FieldNorm norm) => Saturation(Occurrences(Postings.InTitle(posting), Postings.InBody(posting), norm));

    /// <summary><see cref="Bm25F.Saturation"/> in single precision.</summary>
    public static float Saturation(uint inTitle, uint inBody, FieldNorm norm) => Saturation(Occurrences(inTitle, inBody, norm));

    public static float Saturation(float x) => 2 * x / (1 + x);

    /// <summary>x of <see cref="Bm25F"/>: what is saturated.</summary>
    public static float Occurrences(uint inTitle, uint inBody, FieldNorm norm) => (int)inTitle * norm.Title + (int)inBody * norm.Body;
}
