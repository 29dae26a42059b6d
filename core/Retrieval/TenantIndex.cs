using Support.Knowledge;
using Support.Retrieval.Dense;
using Support.Retrieval.Written;
using Support.Text;

namespace Support.Retrieval;

/// <summary>
/// One tenant's chunks, searched in memory. Searches run on an immutable snapshot and never wait; a change builds a small
/// segment, merges segments of like size, and swaps the snapshot, so every count is exact over live chunks at once.
/// </summary>
public sealed class TenantIndex
{
    public const int DefaultPassages = 10;

    // A lexicon keeps words of removed chunks; past this many to each live one it is made anew.
    private const int DeadWordsPerLiveWord = 1;
    private const int FewWords = 10_000;

    // Segments of like size are merged, so that a chunk is merged log(n) times and a search meets few segments.
    private const int LikeSize = 2;

    // The lengths of the others change what a term is worth in a chunk. Where impacts are less by more than this than they would be today, they are made anew, in one
    // segment a change that merges none: searches are exact anyhow, but score more chunks than they need.
    private const double MostDrift = 1.15;

    private readonly Lock _changing = new();
    private readonly CollectionTotals _totals = new();
    private TenantVectors? _vectors;
    private volatile WrittenIndex? _written;
    private volatile Thesaurus _thesaurus;
    private volatile IndexSnapshot _snapshot = new(new Lexicon(), [], new CollectionTotals().Statistics());

    public TenantIndex()
        : this(Thesaurus.General)
    {
    }

    public TenantIndex(Thesaurus thesaurus) => _thesaurus = thesaurus;

    /// <summary>Searches begun after this read questions with these words. What is indexed does not depend on them.</summary>
    public void Use(Thesaurus thesaurus)
    {
        lock (_changing)
        {
            _thesaurus = thesaurus;
            _written?.Use(thesaurus);
        }
    }

    /// <summary>See <see cref="RetrievalOptions.QuestionsWeight"/>.</summary>
    public double QuestionsWeight { get; init; } = RetrievalOptions.DefaultQuestionsWeight;

    /// <summary>Whose vectors it has; null without any.</summary>
    public VectorSpace? Space => _snapshot.Vectors?.Space;

    /// <summary>Live chunks.</summary>
    public int Chunks => _snapshot.Statistics.Chunks;

    /// <summary>Searches begun after this see all of the change, and those before none of it. A chunk id that is already there is replaced.</summary>
    public void Apply(IReadOnlyList<IndexedChunk> added, IReadOnlyList<long> removedChunkIds)
    {
        if (added.Count == 0 && removedChunkIds.Count == 0)
            return;
        lock (_changing)
        {
            var lexicon = _snapshot.Lexicon;
            var removed = removedChunkIds.Concat(added.Select(chunk => chunk.ChunkId)).ToHashSet();
            var segments = Remove(_snapshot.Segments, removed, lexicon);
            if (lexicon.Words > FewWords && lexicon.Words > lexicon.LiveWords * (1 + DeadWordsPerLiveWord))
            {
                added = [.. segments.SelectMany(segment => segment.LiveEntries()).Select(entry => entry.Chunk), .. added];
                foreach (var entry in segments.SelectMany(segment => segment.LiveEntries()))
                    _totals.Add(entry, -1);
                lexicon = new Lexicon();
                segments = [];
            }
            var parts = added.DistinctBy(chunk => chunk.ChunkId).Chunk(Postings.MaxChunks).Select(part => Read(part, lexicon)).ToList();
            var statistics = _totals.Statistics();
            segments.AddRange(parts.Select(part => Segment.Build(part, lexicon, statistics)));
            Merge(segments, lexicon, statistics);
            Label(added, removedChunkIds);
            _written?.Remove(removedChunkIds);
            _snapshot = new IndexSnapshot(lexicon, segments, statistics) { Vectors = _vectors?.Snapshot() };
        }
    }

    /// <summary>
    /// Searches begun after this see these vectors. One whose chunk is not here yet, or that is no vector, is passed over: a chunk that comes brings its own along.
    /// </summary>
    public void Apply(VectorChanges changes)
    {
        lock (_changing)
        {
            if (changes.Space != _vectors?.Space || changes.IsWhole)
                _vectors = changes.Space is { } space ? new TenantVectors(space) : null;
            else if (changes.Vectors.Count == 0)
                return;
            foreach (var one in changes.Vectors)
                if (_snapshot.ReaderOf(one.ChunkId) is not Segment.Nobody and var reader && one.Packed.Length == 2 * _vectors!.Space.Length)
                    _vectors.Add(one.ChunkId, PackedVector.Unpack(one.Packed), reader);
            _snapshot = _snapshot.With(_vectors?.Snapshot());
        }
    }

    /// <summary>Searches begun after this also find chunks by these. Those of a removed chunk went with it; those of a chunk that came again are replaced by what is given here.</summary>
    public void Apply(IReadOnlyList<ChunkQuestions> written)
    {
        lock (_changing)
        {
            if (_written is null && written.All(one => one.Questions.Count == 0))
                return;
            (_written ??= new WrittenIndex(_thesaurus)).Apply(written);
        }
    }

    public Retrieved Search(string question, Audience audience, int limit = DefaultPassages) => Rank(question, audience).ToRetrieved(limit);

    /// <param name="dense">What an embedding model makes of it; not used if it is of another space than the vectors here. Null: words alone are searched.</param>
    /// <inheritdoc cref="Search(string, Audience, int)"/>
    public Retrieved Search(string question, Audience audience, DenseQuestion? dense, int limit = DefaultPassages) => Rank(question, audience, dense).ToRetrieved(limit);

    internal Ranked Rank(string question, Audience audience, DenseQuestion? dense = null)
    {
        var (plan, snapshot) = Plan(question);
        return Ranking.Rank(plan, snapshot, audience, dense, Likeness(question, audience)) with { IsAllThereIs = audience == Audience.Staff || !snapshot.HasChunksForStaff };
    }

    private WrittenLikeness? Likeness(string question, Audience audience) =>
        QuestionsWeight > 0 && _written is { } written ? new WrittenLikeness(written.Likenesses(question, audience), QuestionsWeight) : null;

    internal (QuestionPlan Plan, IndexSnapshot Snapshot) Plan(string question)
    {
        var snapshot = _snapshot;
        var thesaurus = _thesaurus;
        var asked = AskedText.Of(question);
        var read = ReadQuestion.Of(asked, QuestionRepair.Repair(asked, snapshot.Lexicon, thesaurus));
        return (QuestionPlan.Of(read, snapshot, thesaurus), snapshot);
    }

    private void Label(IReadOnlyList<IndexedChunk> added, IReadOnlyList<long> removed)
    {
        if (_vectors is null)
            return;
        foreach (var chunk in removed)
            _vectors.Label(chunk, Segment.Nobody);
        foreach (var chunk in added)
            _vectors.Label(chunk.ChunkId, Segment.ReaderOf(chunk.Audience));
        if (_vectors.IsMostlyDead)
            _vectors = _vectors.Anew();
    }

    private List<Segment> Remove(PlacedSegment[] placed, HashSet<long> chunkIds, Lexicon lexicon)
    {
        var kept = new List<Segment>(placed.Length + 1);
        foreach (var segment in placed.Select(one => one.Segment))
        {
            var gone = new List<int>();
            for (var i = 0; i < segment.Entries.Length; i++)
                if (segment.Readers[i] != Segment.Nobody && chunkIds.Contains(segment.Entries[i].ChunkId))
                    gone.Add(i);
            foreach (var i in gone)
            {
                _totals.Add(segment.Entries[i], -1);
                foreach (var word in segment.Entries[i].Words)
                    lexicon.CountWord(word, -1);
            }
            if (gone.Count < segment.Live)
                kept.Add(gone.Count == 0 ? segment : segment.Without(gone, lexicon));
        }
        return kept;
    }

    private KeptChunk[] Read(IndexedChunk[] chunks, Lexicon lexicon)
    {
        var entries = Array.ConvertAll(chunks, chunk => KeptChunk.Of(ChunkEntry.Read(chunk, lexicon)));
        foreach (var entry in entries)
        {
            _totals.Add(entry);
            foreach (var word in entry.Words)
                lexicon.CountWord(word, 1);
        }
        return entries;
    }

    private static void Merge(List<Segment> segments, Lexicon lexicon, CollectionStatistics statistics)
    {
        for (var i = 0; i < segments.Count; i++)
            if (segments[i].Live * 2 < segments[i].Entries.Length)
                segments[i] = Segment.Build([.. segments[i].LiveEntries()], lexicon, statistics);
        // All at once: one after the other the same chunks would be indexed again and again.
        var (first, live) = (segments.Count - 1, segments.Count == 0 ? 0 : segments[^1].Live);
        while (first > 0 && segments[first - 1].Live <= LikeSize * live && segments[first - 1].Live + live <= Postings.MaxChunks)
            live += segments[--first].Live;
        if (first < segments.Count - 1)
        {
            var merged = Segment.Build([.. segments.Skip(first).SelectMany(segment => segment.LiveEntries())], lexicon, statistics);
            segments.RemoveRange(first, segments.Count - first);
            segments.Add(merged);
        }
        else if (segments.FindIndex(segment => segment.Drift(statistics) is var (stems, grams) && Math.Max(stems, grams) > MostDrift) is >= 0 and var drifted)
        {
            segments[drifted] = Segment.Build([.. segments[drifted].LiveEntries()], lexicon, statistics);
        }
    }
}
