using Support.Retrieval;
using Support.Text;

namespace Support.Generation;

/// <summary>The question's content words by stem (all its words when it has none), and how much of them a text holds.</summary>
/// <param name="thesaurus">What means the same to the tenant.</param>
internal sealed class AskedStems(string question, Thesaurus thesaurus)
{
    // Under a title that asks the question, the answer comes first and need not repeat its words.
    private const double LeadShare = .6;

    private readonly Dictionary<string, double> _asked = Stems(ReadQuestion.Of(Tokenizer.Tokens(question)));

    /// <summary>The words that stand in a text, by weight.</summary>
    public double Share(string text)
    {
        var stems = StemsOf(text);
        return _asked.Sum(word => word.Value * Holds(stems, word.Key));
    }

    /// <summary>How much of the question each unit holds, rare words of the passage counting more.</summary>
    public double[] Shares(IReadOnlyList<AnswerUnit> units, string title)
    {
        var stems = units.Select(unit => StemsOf(unit.Text)).ToList();
        var worth = _asked.ToDictionary(
            word => word.Key,
            word => word.Value * Bm25F.Idf(units.Count, stems.Count(unit => Holds(unit, word.Key) > 0)),
            StringComparer.Ordinal);
        var all = Math.Max(double.Epsilon, worth.Values.Sum());
        var inTitle = StemsOf(title);
        var titleShare = _asked.Count == 0 ? 1 : _asked.Sum(word => word.Value * Holds(inTitle, word.Key)) / _asked.Values.Sum();
        return units.Select((_, i) =>
            worth.Sum(word => word.Value * Holds(stems[i], word.Key)) / all + LeadShare * titleShare / (1 + i)).ToArray();
    }

    private static Dictionary<string, double> Stems(ReadQuestion question)
    {
        var stems = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in question.Words)
            if (word.IsContent || question.ContentWords == 0)
                stems[Stemmer.Stem(word.Text)] = word.Weight;
        return stems;
    }

    private static HashSet<string> StemsOf(string text) => Tokenizer.Tokens(text).Select(Stemmer.Stem).ToHashSet(StringComparer.Ordinal);

    private double Holds(HashSet<string> stems, string asked)
    {
        if (stems.Contains(asked))
            return 1;
        var best = 0.0;
        foreach (var stem in stems)
            best = Math.Max(best, VariantWeights.Family(asked, stem));
        foreach (var relative in thesaurus.RelativesOf(asked))
            if (stems.Contains(relative))
                best = Math.Max(best, VariantWeights.Relative);
        return best;
    }
}
