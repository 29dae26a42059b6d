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

    private readonly int[] _pageOf;
    private readonly ushort[] _from;

    private PostingPages(int[] pageOf, ushort[] from)
    {
        _pageOf = pageOf;
        _from = from;
    }

    public static PostingPages Of(int[] starts, uint[] items)
    {
        var pageOf = new int[starts.Length - 1];
        var from = new List<ushort>(new ushort[1]);
        for (var term = 0; term < pageOf.Length; term++)
        {
            var list = items.AsSpan(starts[term], starts[term + 1] - starts[term]);
            if (list.Length < LongList)
                continue;
            pageOf[term] = from.Count;
            var at = 0;
            for (var page = 0; page < Pages; page++)
            {
                while (at < list.Length && Postings.Chunk(list[at]) >> PageBits < page)
                    at++;
                from.Add((ushort)Math.Min(at, ushort.MaxValue));
            }
            from.Add(0);
        }
        return new PostingPages(pageOf, [.. from]);
    }

    /// <summary>0 for a list that has none.</summary>
    public int Of(int term) => _pageOf[term];

    /// <summary>The places in the list between which the chunk's posting lies; 0 for its end.</summary>
    public (int From, int To) Around(int page, int chunk)
    {
        var at = page + (chunk >> PageBits);
        return (_from[at], _from[at + 1]);
    }
}
