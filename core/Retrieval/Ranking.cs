using System.Runtime.InteropServices;
using Support.Knowledge;
using Support.Retrieval.Dense;
using Support.Retrieval.Written;

namespace Support.Retrieval;

/// <summary>Ranks the chunks of a snapshot for a planned question: <see cref="StageOne"/> over all, <see cref="StageTwo"/> over the best of them.</summary>
internal static class Ranking
{
    // As much as an index of a million different words needs. More is made for each search: a thread keeps what it has, for as long as the process lives.
    private const long MostKept = 1 << 24;

    [ThreadStatic]
    private static Scratch? _scratch;

    /// <param name="dense">Null, or of another space than the snapshot's vectors: words alone decide.</param>
    /// <param name="written">Null: no written question counts.</param>
    public static Ranked Rank(QuestionPlan plan, IndexSnapshot snapshot, Audience audience, DenseQuestion? dense = null, WrittenLikeness? written = null) => WithScratch(scratch =>
    {
        var vectors = dense is not null && snapshot.Vectors is { } known && known.Space == dense.Space ? known : null;
        var near = vectors?.Nearest(dense!.Vector, audience, StageOne.Candidates).Select(snapshot.SlotOf).Where(slot => slot >= 0).ToArray();
        var also = written is null ? near : [.. near ?? [], .. written.SlotsIn(snapshot, audience)];
        var candidates = scratch.StageOne.Run(plan, snapshot, audience, also);
        Compare(plan, snapshot, candidates, scratch.StageOne.GreatestStems, scratch.StageOne.GreatestGrams, scratch);
        written?.Apply(candidates, snapshot);
        if (vectors is not null)
            Fusion.Apply(candidates, snapshot, vectors, dense!);
        candidates.Sort(static (one, other) => other.Score != one.Score ? other.Score.CompareTo(one.Score) : one.Slot.CompareTo(other.Slot));
        return new Ranked(plan, snapshot, candidates, scratch.StageOne.GreatestStems, scratch.StageOne.GreatestGrams);
    });

    /// <summary>The first ranking alone.</summary>
    public static List<Candidate> StageOneOnly(QuestionPlan plan, IndexSnapshot snapshot, Audience audience) =>
        WithScratch(scratch => scratch.StageOne.Run(plan, snapshot, audience));

    /// <summary>Gives each candidate its parts and its score, whatever they were chosen by.</summary>
    internal static void Compare(QuestionPlan plan, IndexSnapshot snapshot, List<Candidate> candidates, double greatestStems, double greatestGrams) => WithScratch(scratch =>
    {
        Compare(plan, snapshot, candidates, greatestStems, greatestGrams, scratch);
        return candidates;
    });

    private static void Compare(QuestionPlan plan, IndexSnapshot snapshot, List<Candidate> candidates, double greatestStems, double greatestGrams, Scratch scratch)
    {
        Read(plan, snapshot, candidates, scratch);
        var mostPairs = candidates.Count == 0 ? 0 : candidates.Max(candidate => candidate.Pairs);
        foreach (var candidate in candidates)
        {
            candidate.Pairs = mostPairs > 0 ? candidate.Pairs / mostPairs : 0;
            candidate.Score = StageTwo.Score(candidate, greatestStems, greatestGrams, plan.Question.AsksYesOrNo, snapshot.Statistics);
        }
    }

    /// <summary>After an exception its arrays still know this question's words: only what came to its end is kept for the next search.</summary>
    private static T WithScratch<T>(Func<Scratch, T> search)
    {
        var scratch = _scratch ?? new Scratch();
        _scratch = null;
        var found = search(scratch);
        if (scratch.Size <= MostKept)
            _scratch = scratch;
        return found;
    }

    private static void Read(QuestionPlan plan, IndexSnapshot snapshot, List<Candidate> candidates, Scratch scratch)
    {
        var worth = Worth(plan);
        scratch.Expect(plan, worth, snapshot.Lexicon);
        scratch.Find(candidates, worth.Length);
        var telling = WorthAmong(plan, candidates);
        var triples = new Triples(plan, worth);
        scratch.Units.Begin(plan, snapshot, worth);
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            var hits = scratch.HitsIn(i);
            candidate.Telling = WindowCoverage.Best(hits, telling, StageTwo.NarrowWindow);
            candidate.Triples = triples.Share(candidate.Entry, hits);
            candidate.Narrow = WindowCoverage.Best(hits, worth, StageTwo.NarrowWindow);
            candidate.Wide = WindowCoverage.Best(hits, worth, StageTwo.WideWindow);
            candidate.Pairs = PairScore(plan, candidate.Entry, hits, snapshot.Statistics.Pairs);
            scratch.Units.Read(candidate, hits);
        }
        scratch.Units.End();
        scratch.Forget(plan);
    }

    /// <summary>Of each question stem: weight · idf. In a small collection "long" is as rare as anything: beside "how" it weighs what "how" does.</summary>
    private static double[] Worth(QuestionPlan plan)
    {
        var tokens = plan.Question.Tokens;
        var measures = Enumerable.Range(0, tokens.Count).Where(i => QuestionForms.IsMeasure(tokens, i)).Select(i => StemCache.Stem(tokens[i])).ToList();
        return [.. plan.Stems.Select(stem => (measures.Contains(stem.Text) ? Math.Min(stem.Weight, ReadQuestion.FunctionWeight) : stem.Weight) * stem.Idf)];
    }

    /// <summary>Of each question stem: weight · idf among the candidates, where a variant counts as its weight.</summary>
    private static double[] WorthAmong(QuestionPlan plan, List<Candidate> candidates) =>
        [.. plan.Stems.Select((stem, i) => stem.Weight * Bm25F.Idf(candidates.Count, candidates.Sum(candidate => (double)candidate.Held[i])))];

    /// <summary>Pairs can only stand where two hits of the question's own stems are neighbours.</summary>
    private static double PairScore(QuestionPlan plan, ChunkEntry entry, ReadOnlySpan<Hit> hits, double averagePairs)
    {
        Span<int> times = plan.Pairs.Count <= 64 ? stackalloc int[plan.Pairs.Count] : new int[plan.Pairs.Count];
        times.Clear();
        for (var i = 1; i < hits.Length; i++)
        {
            var position = hits[i].Position;
            if (hits[i - 1].Position != position - 1 || position == entry.TitleWords)
                continue;
            var pair = PairCounts.Pair(entry.Stems[position - 1], entry.Stems[position]);
            for (var known = 0; known < times.Length; known++)
                if (plan.Pairs[known].Pair == pair)
                    times[known]++;
        }
        var score = 0.0;
        for (var i = 0; i < times.Length; i++)
            if (times[i] > 0)
                score += StageTwo.Pair(plan.Pairs[i].Idf, times[i], entry.Pairs, averagePairs);
        return score;
    }

    /// <summary>Arrays as long as the index and its lexicon, kept from search to search.</summary>
    private sealed class Scratch
    {
        private readonly List<Hit> _hits = [];
        private readonly List<int> _ends = [];
        private Expected[] _expected = [];

        public StageOneSearch StageOne { get; } = new();

        public UnitReader Units { get; } = new();

        /// <summary>In bytes, nearly.</summary>
        public long Size => StageOne.Size + Units.Size + _expected.Length * 16L;

        /// <summary>Notes which question stem a stem of a text stands for: itself, else the one it is the best variant of.</summary>
        public void Expect(QuestionPlan plan, double[] worth, Lexicon lexicon)
        {
            if (_expected.Length < lexicon.Stems)
                _expected = new Expected[lexicon.Stems * 5 / 4];
            for (var i = 0; i < plan.Stems.Count; i++)
            {
                if (plan.Stems[i].Id != Lexicon.None)
                    _expected[plan.Stems[i].Id] = new Expected(i, 1);
                foreach (var variant in plan.Stems[i].Variants)
                    if (IsBetter(variant.Weight, worth[i], _expected[variant.Id], worth))
                        _expected[variant.Id] = new Expected(i, variant.Weight);
            }
        }

        /// <summary>A variant of two stems alike stands for the one worth less: "бд" alone must not prove both "база" and "данных".</summary>
        private static bool IsBetter(double weight, double worthOf, Expected known, double[] worth) =>
            weight > known.Weight || weight == known.Weight && worthOf < worth[known.Stem];

        public void Forget(QuestionPlan plan)
        {
            foreach (var stem in plan.Stems)
            {
                if (stem.Id != Lexicon.None)
                    _expected[stem.Id] = default;
                foreach (var variant in stem.Variants)
                    _expected[variant.Id] = default;
            }
        }

        public void Find(List<Candidate> candidates, int asked)
        {
            _hits.Clear();
            _ends.Clear();
            foreach (var candidate in candidates)
            {
                candidate.Held = new float[asked];
                var stems = candidate.Entry.Stems;
                for (var position = 0; position < stems.Length; position++)
                {
                    ref var expected = ref _expected[stems[position]];
                    if (expected.Weight <= 0)
                        continue;
                    _hits.Add(new Hit(position, expected.Stem, expected.Weight));
                    candidate.Held[expected.Stem] = Math.Max(candidate.Held[expected.Stem], (float)expected.Weight);
                }
                _ends.Add(_hits.Count);
            }
        }

        /// <param name="candidate">Its place among those that <see cref="Find"/> was given.</param>
        /// <returns>In order of position.</returns>
        public ReadOnlySpan<Hit> HitsIn(int candidate)
        {
            var start = candidate == 0 ? 0 : _ends[candidate - 1];
            return CollectionsMarshal.AsSpan(_hits)[start.._ends[candidate]];
        }

        private readonly record struct Expected(int Stem, double Weight);
    }
}
