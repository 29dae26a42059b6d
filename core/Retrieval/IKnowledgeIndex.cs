using Support.Generation.Caching;
using Support.Knowledge;
using Support.Tenants;
using Support.Text;

namespace Support.Retrieval;

/// <summary>Finds the passages of one tenant that bear on a question.</summary>
public interface IKnowledgeIndex
{
    /// <param name="atLeast">
    /// The knowledge change number the search should have seen. An index that is behind follows, and is waited for briefly; then it answers from what it has,
    /// because a customer should not wait while thousands of chunks are read in. Whoever must be sure calls <see cref="ReachAsync"/> first.
    /// </param>
    /// <param name="audience">Customers: only what customers may read. Staff: everything.</param>
    ValueTask<Retrieved> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation);

    /// <param name="question">With what may leave for an embedding model, and on whose account. An index without vectors takes its text alone.</param>
    /// <inheritdoc cref="SearchAsync(TenantId, Audience, string, long, CancellationToken)"/>
    ValueTask<Retrieved> SearchAsync(TenantId tenant, Audience audience, AskedQuestion question, long atLeast, CancellationToken cancellation) =>
        SearchAsync(tenant, audience, question.Text, atLeast, cancellation);

    /// <summary>It also finds chunks by questions that a model wrote for them. Where it does not, none are to be paid for.</summary>
    bool TakesQuestions => false;

    /// <summary>Returns when every search from now on sees this change.</summary>
    ValueTask ReachAsync(TenantId tenant, long change, CancellationToken cancellation);

    /// <summary>Gives back what is held for companies that nobody asks for. Cheap enough for each round of a timer.</summary>
    void DropIdle()
    {
    }
}

/// <summary>What retrieval found, best first, and what the confidence needs to judge it.</summary>
/// <param name="Passages">At most ten.</param>
/// <param name="Confidence">From 0 to 1: how likely the first passage answers the question. 0 when there is none.</param>
/// <param name="Features">Each feature of the confidence by name, for the trace.</param>
/// <param name="ContentWords">See <see cref="ReadQuestion.ContentWords"/>.</param>
/// <param name="Chunks">How many chunks were searched.</param>
public sealed record Retrieved(
    IReadOnlyList<Passage> Passages,
    double Confidence,
    IReadOnlyDictionary<string, double> Features,
    int ContentWords,
    int Chunks)
{
    /// <summary>What each feature adds to the logistic, or takes, against what it does on average. Empty when nothing was judged.</summary>
    public IReadOnlyDictionary<string, double> Shares { get; init; } = new Dictionary<string, double>();

    /// <summary>The question's content words that stand in the first passage, as themselves or as a variant; rare ones first.</summary>
    public IReadOnlyList<string> WordsFound { get; init; } = [];

    /// <summary>Those that do not; rare ones first.</summary>
    public IReadOnlyList<string> WordsMissing { get; init; } = [];

    /// <summary>The question's words after repair, in their order.</summary>
    public IReadOnlyList<string> Read { get; init; } = [];

    /// <summary>Chunks that a reranking model found to say something of the answer; null when none was asked.</summary>
    public IReadOnlySet<long>? Helpful { get; init; }

    /// <summary>The answer that a model wrote to the same question before; null where none is kept.</summary>
    public KeptAnswer? Kept { get; init; }

    /// <summary>A reranking model should have judged the passages and could not: a threshold that was certified with its verdicts does not hold for this confidence.</summary>
    public bool LacksVerdicts { get; init; }

    /// <summary>Nothing was left out that staff may read: a search for staff would find the same. False where that is not known.</summary>
    public bool IsAllThereIs { get; init; }

    /// <summary>The same passages in another order, with the features and the confidence of the one that is first then. Null where they were not ranked here.</summary>
    internal Func<IReadOnlyList<long>, Retrieved>? Reordering { get; init; }

    /// <param name="chunks">Best first; passages not among them follow in their order.</param>
    public Retrieved InOrder(IReadOnlyList<long> chunks) =>
        Passages.Count == 0 || chunks.Count == 0 || Reordering is null || Passages[0].ChunkId == chunks[0] && chunks.SequenceEqual(Passages.Take(chunks.Count).Select(passage => passage.ChunkId))
            ? this
            : Reordering(chunks);

    /// <summary>What means the same to this tenant, by which the passages were found: their sentences are to be chosen by it too.</summary>
    public Thesaurus Thesaurus { get; init; } = Thesaurus.General;
}

/// <summary>A chunk that was retrieved.</summary>
/// <param name="Score">The ranking's own score; comparable within one question only.</param>
public sealed record Passage(
    long ChunkId,
    long DocumentId,
    int Version,
    Audience Audience,
    string Source,
    string? Link,
    string Title,
    string Text,
    double Score);
