using Support.Text;

namespace Support.Retrieval;

/// <summary>What to look up for a question: its stems with their variants, its 4-grams and its pairs of stems, all with idf.</summary>
internal sealed class QuestionPlan
{
    // Of a message of some hundred words and more, those that tell least are left out: nobody asks so much, and each is added up over all chunks.
    private const int MostGrams = 400;

    public required ReadQuestion Question { get; init; }

    public required List<PlannedStem> Stems { get; init; }

    public required List<PlannedGram> Grams { get; init; }

    /// <summary>Distinct pairs of adjacent stems that are known at all, function words kept.</summary>
    public required List<PlannedPair> Pairs { get; init; }

    /// <summary>The words that were looked up as meaning the same.</summary>
    public required Thesaurus Thesaurus { get; init; }

    /// <summary>The same without 4-grams.</summary>
    public QuestionPlan StemsOnly() => new() { Question = Question, Stems = Stems, Grams = [], Pairs = Pairs, Thesaurus = Thesaurus };

    public static QuestionPlan Of(ReadQuestion question, IndexSnapshot snapshot, Thesaurus thesaurus)
    {
        var lexicon = snapshot.Lexicon;
        var chunks = snapshot.Statistics.Chunks;
        var stems = new List<PlannedStem>(question.Words.Count);
        var grams = new Dictionary<ulong, double>();
        foreach (var word in question.Words)
        {
            AddStem(stems, word);
            AddGrams(grams, word);
        }
        foreach (var stem in stems)
        {
            stem.Id = lexicon.FindStem(stem.Text);
            var containing = stem.Id == Lexicon.None ? 0 : snapshot.Counts.ChunksWithStem(stem.Id);
            stem.IsKnown = containing > 0;
            stem.Idf = Bm25F.Idf(chunks, containing);
            AddVariants(stem, snapshot, thesaurus);
        }
        foreach (var word in question.Words)
            if (word.IsContent)
                AddSoundAlikes(stems, word.Text, snapshot);
        return new QuestionPlan
        {
            Question = question,
            Stems = stems,
            Grams = Plan(grams, snapshot),
            Pairs = PlanPairs(question.Tokens, snapshot),
            Thesaurus = thesaurus,
        };
    }

    private static void AddStem(List<PlannedStem> stems, WeightedWord word)
    {
        var text = Stemmer.Stem(word.Text);
        var stem = stems.Find(known => known.Text == text);
        if (stem is null)
            stems.Add(stem = new PlannedStem(text));
        stem.Weight += word.Weight;
        stem.IsContent |= word.IsContent;
    }

    /// <summary>A gram that stands twice in a word counts once for it.</summary>
    private static void AddGrams(Dictionary<ulong, double> grams, WeightedWord word)
    {
        Span<ulong> ofWord = word.Text.Length < 256 ? stackalloc ulong[256] : new ulong[word.Text.Length];
        var count = Retrieval.Grams.Of(word.Text, ofWord);
        for (var i = 0; i < count; i++)
            if (ofWord[..i].IndexOf(ofWord[i]) < 0)
                grams[ofWord[i]] = grams.GetValueOrDefault(ofWord[i]) + word.Weight;
    }

    private static void AddVariants(PlannedStem stem, IndexSnapshot snapshot, Thesaurus thesaurus)
    {
        var lexicon = snapshot.Lexicon;
        foreach (var id in lexicon.FamilyOf(stem.Text))
            if (id != stem.Id)
                AddVariant(stem, id, VariantWeights.Family(stem.Text, lexicon.StemText(id)), snapshot);
        foreach (var relative in thesaurus.RelativesOf(stem.Text))
            if (lexicon.FindStem(relative) is var id && id != Lexicon.None)
                AddVariant(stem, id, VariantWeights.Relative, snapshot);
    }

    private static void AddSoundAlikes(List<PlannedStem> stems, string word, IndexSnapshot snapshot)
    {
        var text = Stemmer.Stem(word);
        foreach (var other in snapshot.Lexicon.SoundingLike(word))
            if (stems.Find(stem => stem.Text == text) is { } stem && snapshot.Lexicon[other].Stem is var id && id != stem.Id)
                AddVariant(stem, id, VariantWeights.SoundAlike, snapshot);
    }

    private static void AddVariant(PlannedStem stem, int id, double weight, IndexSnapshot snapshot)
    {
        if (weight == 0)
            return;
        var at = stem.Variants.FindIndex(known => known.Id == id);
        if (at >= 0)
        {
            if (stem.Variants[at].Weight < weight)
                stem.Variants[at] = stem.Variants[at] with { Weight = weight };
            return;
        }
        var containing = snapshot.Counts.ChunksWithStem(id);
        if (containing > 0)
            stem.Variants.Add(new PlannedVariant(id, weight, Math.Min(stem.Idf, Bm25F.Idf(snapshot.Statistics.Chunks, containing))));
    }

    private static List<PlannedGram> Plan(Dictionary<ulong, double> grams, IndexSnapshot snapshot)
    {
        var planned = new List<PlannedGram>(grams.Count);
        foreach (var (gram, weight) in grams)
        {
            var id = snapshot.Lexicon.FindGram(gram);
            planned.Add(new PlannedGram(gram, id, weight, Bm25F.Idf(snapshot.Statistics.Chunks, id == Lexicon.None ? 0 : snapshot.Counts.ChunksWithGram(id))));
        }
        if (planned.Count <= MostGrams)
            return planned;
        // Those that no chunk has are looked up nowhere; they say how much of the question is unknown.
        var unknown = planned.Where(gram => gram.Id == Lexicon.None);
        return [.. planned.Where(gram => gram.Id != Lexicon.None).OrderByDescending(gram => gram.Weight * gram.Idf).ThenBy(gram => gram.Gram).Take(MostGrams), .. unknown];
    }

    private static List<PlannedPair> PlanPairs(IReadOnlyList<string> tokens, IndexSnapshot snapshot)
    {
        var pairs = new List<PlannedPair>();
        var previous = Lexicon.None;
        foreach (var token in tokens)
        {
            var stem = snapshot.Lexicon.FindStem(Stemmer.Stem(token));
            var pair = PairCounts.Pair(previous, stem);
            if (previous != Lexicon.None && stem != Lexicon.None && !pairs.Exists(known => known.Pair == pair)
                && snapshot.Counts.ChunksWithPair(pair) is > 0 and var containing)
                pairs.Add(new PlannedPair(pair, Bm25F.Idf(snapshot.Statistics.Chunks, containing)));
            previous = stem;
        }
        return pairs;
    }
}

internal sealed class PlannedStem(string text)
{
    public string Text { get; } = text;

    /// <summary><see cref="Lexicon.None"/> if no chunk ever had it.</summary>
    public int Id { get; set; }

    public double Weight { get; set; }

    public double Idf { get; set; }

    public bool IsContent { get; set; }

    /// <summary>Some live chunk has it.</summary>
    public bool IsKnown { get; set; }

    public List<PlannedVariant> Variants { get; } = [];
}

/// <param name="Idf">Its own, at most the stem's.</param>
internal readonly record struct PlannedVariant(int Id, double Weight, double Idf);

/// <param name="Gram">See <see cref="Retrieval.Grams"/>.</param>
/// <param name="Id"><see cref="Lexicon.None"/> if no chunk ever had it.</param>
internal readonly record struct PlannedGram(ulong Gram, int Id, double Weight, double Idf);

internal readonly record struct PlannedPair(ulong Pair, double Idf);
