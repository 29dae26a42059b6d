using Support.Confidence;
using Support.Retrieval.Dense;
using Support.Retrieval.Written;

namespace Support.Retrieval;

/// <summary>What ranking found, best first, with the parts of each score.</summary>
internal sealed record Ranked(QuestionPlan Plan, IndexSnapshot Snapshot, List<Candidate> Candidates, double GreatestStems, double GreatestGrams)
{
    /// <summary>See <see cref="Retrieved.IsAllThereIs"/>.</summary>
    public bool IsAllThereIs { get; init; }

    /// <param name="limit">Passages at most.</param>
    public Retrieved ToRetrieved(int limit)
    {
        var features = ConfidenceFeatures.Of(this);
        var passages = new List<Passage>(Math.Min(limit, Candidates.Count));
        foreach (var candidate in Candidates)
        {
            if (passages.Count == limit)
                break;
            var chunk = candidate.Entry.Chunk;
            passages.Add(new Passage(
                chunk.ChunkId, chunk.DocumentId, chunk.Version, chunk.Audience, chunk.Source, chunk.Link, chunk.Title, chunk.Text, candidate.Score));
        }
        var words = AskedWords.Of(Plan, Candidates.Count > 0 ? Candidates[0].Entry : null);
        return new Retrieved(passages, ConfidenceModel.Confidence(features), NamedFeatures(features), Plan.Question.ContentWords, Snapshot.Statistics.Chunks)
        {
            Shares = ConfidenceModel.Shares(features),
            WordsFound = words.Found,
            WordsMissing = words.Missing,
            Read = Plan.Question.Tokens,
            Thesaurus = Plan.Thesaurus,
            IsAllThereIs = IsAllThereIs,
            Reordering = chunks => InOrder(chunks).ToRetrieved(limit),
        };
    }

    private Ranked InOrder(IReadOnlyList<long> chunks)
    {
        var places = chunks.Select((chunk, place) => (chunk, place)).ToDictionary(one => one.chunk, one => one.place);
        return this with { Candidates = [.. Candidates.OrderBy(candidate => places.GetValueOrDefault(candidate.Entry.Chunk.ChunkId, int.MaxValue))] };
    }

    private Dictionary<string, double> NamedFeatures(ConfidenceFeatures features)
    {
        var named = new Dictionary<string, double>(features.ByName(), StringComparer.Ordinal);
        foreach (var (name, value) in DenseFeatures.Of(Candidates).Concat(WrittenFeatures.Of(Candidates)))
            named[name] = value;
        return named;
    }
}

/// <param name="snapshot">Where it was found; it is opened when it is first looked at.</param>
/// <param name="stageOne">The score of <see cref="Retrieval.StageOne"/>.</param>
/// <param name="stems">S(d), not divided.</param>
/// <param name="grams">C(d), not divided.</param>
internal sealed class Candidate(int slot, IndexSnapshot snapshot, double stageOne, double stems, double grams)
{
    private ChunkEntry? _entry;

    public int Slot { get; } = slot;

    public ChunkEntry Entry => _entry ??= snapshot.EntryAt(Slot);

    public double StageOne { get; } = stageOne;

    public double Stems { get; } = stems;

    public double Grams { get; } = grams;

    /// <summary>Of each of the question's stems, in order, how well it stands here: 1 as itself, less as a variant, 0 not at all.</summary>
    public float[] Held { get; set; } = [];

    public double Pairs { get; set; }

    /// <summary>See <see cref="Retrieval.Triples"/>.</summary>
    public double Triples { get; set; }

    public double Narrow { get; set; }

    public double Wide { get; set; }

    /// <summary>As <see cref="Narrow"/>, with words worth what they tell among the candidates: what all of them have is worth nothing.</summary>
    public double Telling { get; set; }

    /// <summary>The part of the question that stands anywhere in it.</summary>
    public double Coverage { get; set; }

    /// <summary>How alike question and title are, both ways: 0 to 1. See <see cref="UnitReader"/> for this and the next six.</summary>
    public double TitleLikeness { get; set; }

    /// <summary>The part of the question that its best sentence and its title hold together: what a page is about is said once.</summary>
    public double SentenceCoverage { get; set; }

    /// <summary>The part that its best sentence with a number holds; 0 unless a number is asked for.</summary>
    public double NumberCoverage { get; set; }

    /// <summary>The part that its best sentence holds, or its title.</summary>
    public double UnitCoverage { get; set; }

    /// <summary>Of the unit most like the question: 0 to 1.</summary>
    public double UnitLikeness { get; set; }

    /// <summary>Of the ten sentences most like the question, those that stand here, by likeness squared.</summary>
    public double Agreement { get; set; }

    /// <summary>The same, of ten titles and sentences.</summary>
    public double AgreementWithTitles { get; set; }

    /// <summary>The cosine with the question, as an embedding model sees both; null without vectors.</summary>
    public double? Likeness { get; set; }

    /// <summary>How alike the question and the nearest one written for it are; null without one.</summary>
    public double? Written { get; set; }

    public double Score { get; set; }
}
