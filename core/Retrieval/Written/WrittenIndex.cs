using Support.Knowledge;
using Support.Text;

namespace Support.Retrieval.Written;

/// <summary>
/// The questions written for a tenant's chunks, each searched as a chunk of one sentence: a field of its own, with word counts and lengths of its own, so that what stands in no document can
/// change nothing about how rare a document's words are. Whoever changes it takes turns; searches never wait.
/// </summary>
internal sealed class WrittenIndex(Thesaurus thesaurus)
{
    private readonly TenantIndex _questions = new(thesaurus);
    private readonly Dictionary<long, long[]> _ofChunk = [];
    private long _last;

    public void Use(Thesaurus changed) => _questions.Use(changed);

    /// <summary>In the place of those that these chunks had.</summary>
    public void Apply(IReadOnlyList<ChunkQuestions> changed)
    {
        var gone = changed.SelectMany(one => Take(one.ChunkId)).ToList();
        var added = new List<IndexedChunk>();
        foreach (var one in changed)
        {
            var ids = Array.ConvertAll([.. one.Questions], _ => ++_last);
            if (ids.Length > 0)
                _ofChunk[one.ChunkId] = ids;
            added.AddRange(ids.Zip(one.Questions, (id, question) => new IndexedChunk(id, one.ChunkId, 1, one.Audience, "", null, "", question)));
        }
        _questions.Apply(added, gone);
    }

    public void Remove(IEnumerable<long> chunks) => _questions.Apply([], [.. chunks.SelectMany(Take)]);

    /// <summary>Of the fifty questions nearest to this one, how alike the nearest of each chunk is: 0 to 1, by stems and 4-grams, both ways (see <see cref="Candidate.UnitLikeness"/>).</summary>
    public Dictionary<long, double> Likenesses(string question, Audience audience)
    {
        var likest = new Dictionary<long, double>();
        foreach (var found in _questions.Rank(question, audience).Candidates)
            if (found.Entry.Chunk.DocumentId is var chunk && found.UnitLikeness > likest.GetValueOrDefault(chunk))
                likest[chunk] = found.UnitLikeness;
        return likest;
    }

    private long[] Take(long chunk) => _ofChunk.Remove(chunk, out var ids) ? ids : [];
}
