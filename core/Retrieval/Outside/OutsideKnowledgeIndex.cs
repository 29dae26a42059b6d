using Support.Database;
using Support.Knowledge;
using Support.Tenants;
using Support.Text;

namespace Support.Retrieval.Outside;

/// <summary>
/// Searches with vectors kept outside: those give candidates, PostgreSQL says what they are and how rare the question's words are, and the ranking
/// that works in process scores them exactly. A search is three journeys: counts, vectors, texts; two more when a word must be repaired, one more when
/// a word has names in the other alphabet or the tenant has just named words of its own.
/// </summary>
public sealed class OutsideKnowledgeIndex(DeskDatabase database, IChunkVectors vectors) : IKnowledgeIndex
{
    /// <summary>Of each vector. Stage one keeps fifty of them.</summary>
    internal const int Candidates = 200;

    private readonly LastSynonyms _synonyms = new();

    /// <inheritdoc/>
    /// <param name="atLeast">Every change that was committed is seen.</param>
    public async ValueTask<Retrieved> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation)
    {
        question = AskedText.Of(question);
        var counts = new QuestionCounts(database.Source, tenant);
        var known = new KnownTerms();
        var (read, statistics, thesaurus) = await ReadAsync(tenant, counts, known, question, cancellation);
        var plan = QuestionPlan.Of(read, new IndexSnapshot(known.Lexicon, [], statistics, known), thesaurus);
        var chunks = await CandidatesAsync(counts, tenant, audience, plan, known, statistics, cancellation);
        known.Lexicon.Close();
        var entries = chunks.Select(chunk => ChunkEntry.Read(chunk.ToChunk(), known.Lexicon)).ToArray();
        var snapshot = new IndexSnapshot(known.Lexicon, [Segment.Build(Array.ConvertAll(entries, KeptChunk.Of), known.Lexicon, statistics, PairCounts.Elsewhere)], statistics, known);
        return Ranking.Rank(plan, snapshot, audience).ToRetrieved(TenantIndex.DefaultPassages);
    }

    /// <summary>Vectors are written before the commit that publishes, so whatever is committed is seen.</summary>
    public ValueTask ReachAsync(TenantId tenant, long change, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Repairs the question with as few journeys as it takes: none more when every word is known.</summary>
    private async Task<(ReadQuestion Question, CollectionStatistics Statistics, Thesaurus Thesaurus)> ReadAsync(
        TenantId tenant, QuestionCounts counts, KnownTerms known, string question, CancellationToken cancellation)
    {
        var tokens = Tokenizer.Tokens(question);
        var asked = AskedTerms.Of(tokens, _synonyms.Of(tenant)).With(QuestionRepair.Readings(question));
        var stored = await counts.ReadAsync(asked, known, cancellation);
        var thesaurus = _synonyms.Now(tenant, known.Synonyms);
        if (stored is not { Chunks: > 0 } totals)
            return (ReadQuestion.Of(question, tokens), new CollectionTotals().Statistics(), thesaurus);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        var repaired = QuestionRepair.Repair(question, known.Lexicon, thesaurus, word =>
        {
            unknown.Add(word);
            return null;
        });
        if (unknown.Count > 0 && await counts.ReadLikeAsync(unknown, known, cancellation) > 0)
            repaired = QuestionRepair.Repair(question, known.Lexicon, thesaurus, word => QuestionRepair.Nearest(word, known.Lexicon));
        var read = ReadQuestion.Of(question, repaired);
        if (!repaired.SequenceEqual(tokens))
            totals = await counts.ReadAsync(AskedTerms.Of(repaired, thesaurus).WithStems(known.SoundingLike(read)), known, cancellation) ?? totals;
        if (known.Unasked(read, thesaurus) is { Count: > 0 } more)
            await counts.ReadStemsAsync(new AskedTerms().WithStems(more), known, cancellation);
        return (read, totals.ToTotals().Statistics(), thesaurus);
    }

    private async Task<IReadOnlyList<StoredChunk>> CandidatesAsync(
        QuestionCounts counts, TenantId tenant, Audience audience, QuestionPlan plan, KnownTerms known, CollectionStatistics statistics, CancellationToken cancellation)
    {
        var query = new NearestQuery(tenant, audience, StemsOf(plan, known, statistics.Chunks), GramsOf(plan), Dense: null, Candidates);
        if (query.Stems.IsEmpty && query.Grams.IsEmpty)
            return [];
        var found = await vectors.NearestAsync(query, cancellation);
        // Some chunk has one of the words. If nothing is found, the index may have lost everything, which must not pass for "nothing is known".
        if (found.Count == 0 && await vectors.CountAsync(tenant, cancellation) == 0)
            throw new KnowledgeIndexException($"PostgreSQL has {statistics.Chunks} chunks of this company, the index has none. {KnowledgeIndexException.RebuildIt}");
        if (found.Count == 0)
            return [];
        var chunks = await counts.ChunksAsync(found, cancellation);
        return audience == Audience.Staff ? chunks : [.. chunks.Where(chunk => (Audience)chunk.Audience == Audience.Customers)];
    }

    /// <summary>
    /// The index multiplies each value with the term's own idf. A variant counts at most the idf of the stem it stands for, and it can only be
    /// added where ranking takes the greatest: candidates may come in another order, but the best hardly fall out of two hundred.
    /// </summary>
    private static SparseVector StemsOf(QuestionPlan plan, KnownTerms known, int chunks)
    {
        var values = new Dictionary<uint, float>();
        foreach (var stem in plan.Stems)
        {
            if (stem.IsKnown)
                Add(values, TermHash.Sparse(stem.Text), stem.Weight);
            foreach (var variant in stem.Variants)
            {
                var own = Bm25F.Idf(chunks, known.ChunksWithStem(variant.Id));
                Add(values, TermHash.Sparse(known.Lexicon.StemText(variant.Id)), stem.Weight * variant.Weight * variant.Idf / own);
            }
        }
        return SparseVector.Of(values);
    }

    private static SparseVector GramsOf(QuestionPlan plan)
    {
        var values = new Dictionary<uint, float>();
        foreach (var gram in plan.Grams)
            if (gram.Id != Lexicon.None)
                Add(values, TermHash.Sparse(gram.Gram), gram.Weight);
        return SparseVector.Of(values);
    }

    private static void Add(Dictionary<uint, float> values, uint term, double value) => values[term] = values.GetValueOrDefault(term) + (float)value;
}
