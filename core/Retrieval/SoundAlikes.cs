using Support.Text;

namespace Support.Retrieval;

/// <summary>
/// Finds words of the other alphabet that sound like a given one (ютуб: youtube). One writer adds while others read, as in <see cref="Lexicon"/>.
/// </summary>
internal sealed class SoundAlikes
{
    private const int LeastLetters = 3;
    private const int LeastConsonants = 2;
    private const int Unlike = int.MaxValue;

    private readonly Spoken _latin = new();
    private readonly Spoken _cyrillic = new();

    public void Add(int word, string text, string stem)
    {
        var key = KeyOf(text, stem);
        if (Skeleton(key) is not 0 and var skeleton)
            (IsLatin(text) ? _latin : _cyrillic).Add(word, skeleton, key);
    }

    /// <summary>The words of the other alphabet that sound most like this one; empty when none does.</summary>
    public IReadOnlyList<int> Of(string text, string stem)
    {
        var others = IsLatin(text) ? _cyrillic : _latin;
        if (others.IsEmpty || text.Length < LeastLetters)
            return [];
        var key = KeyOf(text, stem);
        return Skeleton(key) is not 0 and var skeleton ? others.Nearest(skeleton, key, MostDifference(key)) : [];
    }

    /// <summary>How many sounds may differ: in a short name every one counts.</summary>
    private static int MostDifference(string key) => SoundKey.Consonants(key).Length switch
    {
        <= 2 => key.Length <= 3 ? 0 : 1,
        3 or 4 => 2,
        _ => 3,
    };

    /// <summary>Russian inflects names; English hardly does.</summary>
    private static string KeyOf(string text, string stem) => SoundKey.Of(IsLatin(text) ? text : stem);

    /// <summary>The same for words that may sound alike, and for ever, because it is stored: a hash of the consonants; 0 when they are too few to tell a word by.</summary>
    public static int SkeletonOf(string text) => Skeleton(KeyOf(text, StemCache.Stem(text)));

    private static int Skeleton(string key)
    {
        var consonants = SoundKey.Consonants(key);
        if (key.Length < LeastLetters || consonants.Length < LeastConsonants)
            return 0;
        var hash = 17;
        foreach (var c in consonants)
            hash = hash * 31 + c;
        return hash == 0 ? 1 : hash;
    }

    private static bool IsLatin(string text) => text[0] is >= 'a' and <= 'z';

    /// <summary>The words of one alphabet; the skeletons lie side by side, so that looking for one is a scan of numbers.</summary>
    private sealed class Spoken
    {
        private readonly Growing<int> _skeletons = new();
        private readonly Growing<(int Word, string Key)> _words = new();

        public bool IsEmpty => _skeletons.Count == 0;

        public void Add(int word, int skeleton, string key)
        {
            _words.Add((word, key));
            _skeletons.Add(skeleton);
        }

        public IReadOnlyList<int> Nearest(int skeleton, string key, int most)
        {
            var nearest = new List<int>();
            var least = Unlike;
            var skeletons = _skeletons.Read();
            for (var at = skeletons.IndexOf(skeleton); at >= 0;)
            {
                var (word, other) = _words[at];
                var difference = EditDistance.Of(key, other, most);
                if (difference <= most && difference <= least)
                {
                    if (difference < least)
                        nearest.Clear();
                    least = difference;
                    nearest.Add(word);
                }
                var next = skeletons[(at + 1)..].IndexOf(skeleton);
                at = next < 0 ? -1 : at + 1 + next;
            }
            return nearest;
        }
    }
}
