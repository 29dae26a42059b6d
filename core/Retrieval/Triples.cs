using Support.Text;

namespace Support.Retrieval;

/// <summary>A question's runs of three words. Three in a row are seldom there by chance, and whole phrases of asking ("how do I get") weigh little in them.</summary>
internal sealed class Triples
{
    private readonly Dictionary<(int, int, int), int> _asked = [];
    private readonly List<double> _worth = [];
    private readonly List<int> _seen = [];
    private readonly double _all;
    private int _passage;

    /// <param name="worth">Of each question stem: weight · idf.</param>
    public Triples(QuestionPlan plan, double[] worth)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < plan.Stems.Count; i++)
            places[plan.Stems[i].Text] = i;
        var stems = plan.Question.Tokens.Select(token => places[StemCache.Stem(token)]).ToList();
        for (var i = 2; i < stems.Count; i++)
        {
            if (!_asked.TryAdd((stems[i - 2], stems[i - 1], stems[i]), _worth.Count))
                continue;
            _worth.Add(worth[stems[i - 2]] + worth[stems[i - 1]] + worth[stems[i]]);
            _seen.Add(0);
        }
        _all = _worth.Sum();
    }

    /// <summary>Of the question's triples by worth, those that stand in the title or in the text, a variant as the word itself.</summary>
    /// <param name="hits">Of the passage, in order of position.</param>
    public double Share(ChunkEntry entry, ReadOnlySpan<Hit> hits)
    {
        _passage++;
        var found = 0.0;
        for (var i = 2; i < hits.Length; i++)
        {
            var first = hits[i - 2].Position;
            if (hits[i].Position != first + 2 || first < entry.TitleWords && first + 2 >= entry.TitleWords)
                continue;
            if (!_asked.TryGetValue((hits[i - 2].Stem, hits[i - 1].Stem, hits[i].Stem), out var triple) || _seen[triple] == _passage)
                continue;
            _seen[triple] = _passage;
            found += _worth[triple];
        }
        return _all > 0 ? found / _all : 0;
    }
}
