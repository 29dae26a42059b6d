namespace Support.Retrieval;

/// <summary>
/// Where in a long list of postings the chunks of each 256 begin: whether a chunk has a word that a tenth of all have is then told from some 26 postings that lie
/// side by side, where halving the whole list would touch memory in a dozen places.
/// </summary>
internal sealed class PostingPages
{
    private const int PageBits = 8;
    private const int Pages = Postings.MaxChunks >> PageBits;

    // A shorter list is halved as fast, and there are many of them.
    private const int LongList = 1024;

    private readonly List<ushort> _from = [0];

    /// <returns>How to ask for the list; 0 for one that is too short.</returns>
    public int Add(ReadOnlySpan<uint> list)
    {
        if (list.Length < LongList)
            return 0;
        var first = _from.Count;
        var at = 0;
        for (var page = 0; page < Pages; page++)
        {
            while (at < list.Length && Postings.Chunk(list[at]) >> PageBits < page)
                at++;
            _from.Add((ushort)at);
        }
        _from.Add(0);
        return first;
    }

    /// <summary>After the last list.</summary>
    public void Close() => _from.TrimExcess();

    /// <summary>The places in the list between which the chunk's posting lies; 0 for its end.</summary>
    public (int From, int To) Around(int page, int chunk)
    {
        var at = page + (chunk >> PageBits);
        return (_from[at], _from[at + 1]);
    }
}
