using Support.Knowledge;

namespace Support.Retrieval.Written;

/// <summary>What the written questions say about a question: chunks that are candidates for it beside those that words find, and how much each gains.</summary>
/// <param name="OfChunk">See <see cref="WrittenIndex.Likenesses"/>.</param>
/// <param name="Weight">What a chunk gains whose written question is the very question.</param>
internal sealed record WrittenLikeness(IReadOnlyDictionary<long, double> OfChunk, double Weight)
{
    /// <summary>Where those chunks stand that this audience may read.</summary>
    public IEnumerable<int> SlotsIn(IndexSnapshot snapshot, Audience audience) =>
        OfChunk.Keys.Where(chunk => snapshot.ReaderOf(chunk) >= Segment.LeastReader(audience)).Select(snapshot.SlotOf).Where(slot => slot >= 0);

    /// <summary>score + weight · likeness². Squared, so that what is half as like is worth a quarter: questions about one subject share words too.</summary>
    public void Apply(List<Candidate> candidates, IndexSnapshot snapshot)
    {
        foreach (var candidate in candidates)
            if (OfChunk.TryGetValue(snapshot.KeptAt(candidate.Slot).ChunkId, out var likeness))
            {
                candidate.Written = likeness;
                candidate.Score += Weight * likeness * likeness;
            }
    }
}
