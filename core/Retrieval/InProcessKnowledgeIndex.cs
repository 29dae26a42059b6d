using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Support.Knowledge;
using Support.Retrieval.Dense;
using Support.Retrieval.Outside;
using Support.Retrieval.Written;
using Support.Tenants;

namespace Support.Retrieval;

/// <summary>
/// A <see cref="TenantIndex"/> for each tenant that is asked, read from its source when first asked, kept up with it change by change,
/// and dropped when nobody asks for a while.
/// </summary>
/// <param name="dense">Null: words alone are searched.</param>
public sealed class InProcessKnowledgeIndex(IChunkSource source, InProcessIndexOptions options, TimeProvider clock, DenseRetrieval? dense = null, IOptions<RetrievalOptions>? retrieval = null) : IKnowledgeIndex
{
    private readonly ConcurrentDictionary<TenantId, Followed> _tenants = new();
    private long _lastSweep = clock.GetTimestamp();

    public ValueTask<Retrieved> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation) =>
        SearchAsync(tenant, audience, new AskedQuestion(question), atLeast, cancellation);

    public async ValueTask<Retrieved> SearchAsync(
        TenantId tenant, Audience audience, AskedQuestion question, long atLeast, CancellationToken cancellation)
    {
        DropIdle();
        var followed = Follow(tenant);
        if (!followed.HasReached(atLeast))
            await CatchUpAsync(followed, atLeast, cancellation);
        if (dense is not { IsOn: true } || followed.Index.Space is not { } space)
            return followed.Index.Search(question.Text, audience);
        var vector = await dense.AskAsync(tenant, space, question, cancellation);
        var found = followed.Index.Search(question.Text, audience, vector);
        return vector is not null ? found : found with { Features = DenseFeatures.AndFailed(found.Features) };
    }

    public bool TakesQuestions => true;

    public ValueTask ReachAsync(TenantId tenant, long change, CancellationToken cancellation) => Follow(tenant).ReachAsync(change, cancellation);

    private Followed Follow(TenantId tenant)
    {
        var followed = _tenants.GetOrAdd(tenant, static (id, on) => new Followed(id, on.source, on.dense, on.retrieval ?? new RetrievalOptions()), (source, dense, retrieval: retrieval?.Value));
        followed.LastAsked = clock.GetTimestamp();
        return followed;
    }

    /// <summary>An index that was never read is waited for, though not for ever; one that is a little behind only for a moment. It catches up all the same.</summary>
    private async Task CatchUpAsync(Followed followed, long atLeast, CancellationToken cancellation)
    {
        var reach = followed.ReachAsync(atLeast, CancellationToken.None).AsTask();
        await Task.WhenAny(reach, Task.Delay(followed.IsEmpty ? options.FirstPatience : options.Patience, clock, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (reach.IsFaulted)
            await reach;
        if (followed.IsEmpty)
            throw new KnowledgeIndexException("The knowledge of this company is still being read in; what is asked meanwhile goes to a person.");
    }

    /// <summary>For how many companies one is held.</summary>
    internal int Held => _tenants.Count;

    /// <summary>Searches that still hold a dropped index finish on it; the next one reads it anew. Called by the rounds of the desk, for nobody may ask at all.</summary>
    public void DropIdle()
    {
        var last = Interlocked.Read(ref _lastSweep);
        if (clock.GetElapsedTime(last) < options.DropAfterIdle / 2 || Interlocked.CompareExchange(ref _lastSweep, clock.GetTimestamp(), last) != last)
            return;
        foreach (var (tenant, followed) in _tenants)
            if (clock.GetElapsedTime(followed.LastAsked) >= options.DropAfterIdle)
                _tenants.TryRemove(KeyValuePair.Create(tenant, followed));
    }

    [SuppressMessage("Design", "CA1001", Justification = "The semaphore has nothing to free without a wait handle, and a search may still hold a dropped index.")]
    private sealed class Followed(TenantId tenant, IChunkSource source, DenseRetrieval? dense, RetrievalOptions retrieval)
    {
        private readonly SemaphoreSlim _catchingUp = new(1);
        private readonly Dictionary<long, Dictionary<long, Labels>> _chunksOfDocument = [];
        private long _reached = -1;
        private long _vectorsReached = -1;
        private long _lastAsked;

        public TenantIndex Index { get; } = new() { QuestionsWeight = retrieval.QuestionsWeight };

        public long LastAsked
        {
            get => Interlocked.Read(ref _lastAsked);
            set => Interlocked.Exchange(ref _lastAsked, value);
        }

        public bool IsEmpty => Interlocked.Read(ref _reached) < 0;

        public bool HasReached(long atLeast) => Interlocked.Read(ref _reached) >= atLeast && (dense is not { IsOn: true } || Interlocked.Read(ref _vectorsReached) >= atLeast);

        public async ValueTask ReachAsync(long atLeast, CancellationToken cancellation)
        {
            if (HasReached(atLeast))
                return;
            await _catchingUp.WaitAsync(cancellation);
            try
            {
                if (_reached < atLeast)
                    await ReadChunksAsync(cancellation);
                // Words serve meanwhile.
                if (!HasReached(atLeast))
                    await ReadVectorsAsync(dense!.Source, cancellation);
            }
            finally
            {
                _catchingUp.Release();
            }
        }

        private async Task ReadChunksAsync(CancellationToken cancellation)
        {
            var changes = await source.ChangesAsync(tenant, Math.Max(0, _reached), cancellation);
            Index.Use(changes.Synonyms.ToThesaurus());
            Apply(changes.Documents);
            Interlocked.Exchange(ref _reached, changes.Reached);
        }

        private async Task ReadVectorsAsync(IVectorSource vectors, CancellationToken cancellation)
        {
            var changes = await vectors.ChangesAsync(tenant, Index.Space, Math.Max(0, _vectorsReached), cancellation);
            Index.Apply(changes);
            // Vectors of chunks that are not read yet were passed over, and come again with those.
            Interlocked.Exchange(ref _vectorsReached, Math.Min(changes.Reached, _reached));
        }

        /// <summary>Only chunks that came, went, or are now another's to read or cite are indexed again.</summary>
        private void Apply(IReadOnlyList<ChangedDocument> documents)
        {
            var added = new List<IndexedChunk>();
            var removed = new List<long>();
            var written = new List<ChunkQuestions>();
            foreach (var document in documents)
            {
                var known = _chunksOfDocument.GetValueOrDefault(document.DocumentId) ?? [];
                var now = new Dictionary<long, Labels>(document.Chunks.Count);
                foreach (var chunk in document.Chunks)
                {
                    var questions = document.Questions.GetValueOrDefault(chunk.ChunkId) ?? [];
                    var labels = Labels.Of(chunk, questions);
                    var isKnown = known.TryGetValue(chunk.ChunkId, out var before);
                    now[chunk.ChunkId] = labels;
                    if (!isKnown || before with { Questions = labels.Questions } != labels)
                        added.Add(chunk);
                    if (isKnown ? before != labels : questions.Count > 0)
                        written.Add(new ChunkQuestions(chunk.ChunkId, chunk.Audience, questions));
                }
                removed.AddRange(known.Keys.Where(chunk => !now.ContainsKey(chunk)));
                if (now.Count == 0)
                    _chunksOfDocument.Remove(document.DocumentId);
                else
                    _chunksOfDocument[document.DocumentId] = now;
            }
            Index.Apply(added, removed);
            if (retrieval.QuestionsWeight > 0 && written.Count > 0)
                Index.Apply(written);
        }

        /// <summary>Tells a changed chunk from the one before without holding its text a second time.</summary>
        private readonly record struct Labels(int Version, Audience Audience, int Words, int Questions)
        {
            public static Labels Of(IndexedChunk chunk, IReadOnlyList<string> questions) =>
                new(chunk.Version, chunk.Audience, HashCode.Combine(chunk.Source, chunk.Link, chunk.Title, chunk.Text), questions.Aggregate(0, HashCode.Combine));
        }
    }
}
