namespace Support.Retrieval;

/// <summary>Where each chunk of a segment stands, by its id. Made when it is first asked for: only vectors find a chunk by its id.</summary>
internal sealed class ChunkPlaces(KeptChunk[] entries)
{
    private readonly Lazy<(long[] Ids, int[] Places)> _sorted = new(() =>
    {
        var ids = Array.ConvertAll(entries, entry => entry.ChunkId);
        var places = Enumerable.Range(0, ids.Length).ToArray();
        Array.Sort(ids, places);
        return (ids, places);
    });

    /// <returns>-1 where it is not.</returns>
    public int Of(long chunk) => Array.BinarySearch(_sorted.Value.Ids, chunk) is >= 0 and var at ? _sorted.Value.Places[at] : -1;
}
