using System.Collections.Concurrent;
using Support.Text;

namespace Support.Retrieval;

/// <summary>Stems of words met before, in this process: candidates' texts are read for every question, and stemming is most of that.</summary>
internal static class StemCache
{
    // Some 10 MB when full; then it starts anew.
    private const int Most = 100_000;

    private static ConcurrentDictionary<string, string> _stems = new(StringComparer.Ordinal);
    private static int _count;

    public static string Stem(string word)
    {
        if (_stems.TryGetValue(word, out var stem))
            return stem;
        stem = Stemmer.Stem(word);
        if (Interlocked.Increment(ref _count) > Most)
        {
            _stems = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
            Interlocked.Exchange(ref _count, 0);
        }
        _stems.TryAdd(word, stem);
        return stem;
    }
}
