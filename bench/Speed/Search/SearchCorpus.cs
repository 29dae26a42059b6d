using Support.Bench.Quality;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Speed.Search;

/// <summary>Many chunks of a usual length out of real sentences: runs of neighbouring sentences from records of all sets, seeded, no two alike.</summary>
internal sealed class SearchCorpus
{
    private const int LeastWords = 40;
    private const int MostWords = 120;
    private const int LongestRun = 4;
    private const int LongestSentence = 40;
    private const int Seed = 20_261_126;

    private readonly List<(string Title, List<string> Sentences)> _records = [];
    private readonly List<(int Record, int Sentence)> _places = [];

    /// <param name="sets">Folders with corpus.jsonl and queries.jsonl.</param>
    public SearchCorpus(IReadOnlyList<QualitySet> sets)
    {
        Sets = sets;
        foreach (var set in sets)
            foreach (var document in set.Documents())
            {
                var sentences = SentencesOf(document.Text).ToList();
                for (var sentence = 0; sentence < sentences.Count; sentence++)
                    _places.Add((_records.Count, sentence));
                _records.Add((document.Title, sentences));
            }
    }

    public IReadOnlyList<QualitySet> Sets { get; }

    /// <exception cref="UsageException">There is no set in the folder.</exception>
    public static SearchCorpus Open(string folder)
    {
        var sets = Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Where(set => File.Exists(Path.Combine(set, "corpus.jsonl"))).Select(set => QualitySet.Open(set, "")).ToList()
            : [];
        return sets.Count > 0 ? new SearchCorpus(sets) : throw new UsageException($"--data {folder}: no folder in it has a corpus.jsonl. Give the folder of all sets.");
    }

    /// <summary>The same chunks each time. The title is that of the record whose sentence comes first.</summary>
    public IEnumerable<IndexedChunk> Chunks(int count)
    {
        var random = new Random(Seed);
        var made = new HashSet<string>(StringComparer.Ordinal);
        while (made.Count < count)
        {
            var (title, text) = Chunk(random);
            if (made.Add(text))
                yield return new IndexedChunk(made.Count, made.Count, 1, Audience.Customers, title, null, title, text);
        }
    }

    /// <summary>As many questions of each set, in a seeded order.</summary>
    public List<string> Questions(int count)
    {
        var random = new Random(Seed);
        var questions = new List<string>();
        foreach (var set in Sets)
        {
            var all = set.Questions().Select(question => question.Text).ToArray();
            random.Shuffle(all);
            questions.AddRange(all.Take(count / Sets.Count));
        }
        var mixed = questions.ToArray();
        random.Shuffle(mixed);
        return [.. mixed];
    }

    private (string Title, string Text) Chunk(Random random)
    {
        var wanted = random.Next(LeastWords, MostWords + 1);
        var words = new List<string>(MostWords);
        string? title = null;
        while (words.Count < wanted)
        {
            var (record, first) = _places[random.Next(_places.Count)];
            var sentences = _records[record].Sentences;
            title ??= _records[record].Title;
            for (var at = first; at < Math.Min(sentences.Count, first + random.Next(1, LongestRun + 1)) && words.Count < wanted; at++)
                words.AddRange(sentences[at].Split(' '));
        }
        return (title!, string.Join(' ', words.Take(wanted)));
    }

    private static IEnumerable<string> SentencesOf(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            words.Add(word);
            if (word[^1] is not ('.' or '!' or '?' or ';' or ':') && words.Count < LongestSentence)
                continue;
            yield return string.Join(' ', words);
            words.Clear();
        }
        if (words.Count > 0)
            yield return string.Join(' ', words);
    }
}
