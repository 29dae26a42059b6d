using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Support.Text;

namespace Support.Retrieval;

/// <summary>
/// Numbers for a tenant's words, stems and 4-grams, with what is derived from a word worked out once. Only grows: one
/// writer adds (under the index's lock) while searches read without one. <see cref="TenantIndex"/> starts a new one when most of it is dead.
/// </summary>
internal sealed class Lexicon
{
    public const int None = -1;

    /// <summary>Stems are a family only if they share this many letters.</summary>
    public const int FamilyLetters = 4;

    private readonly ConcurrentDictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _wordsBySpan;
    private readonly ConcurrentDictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ulong, int> _grams = new();
    private readonly ConcurrentDictionary<ulong, int[]> _families = new();
    private readonly Growing<WordEntry> _entries = new();
    private readonly Growing<string> _texts = new();
    // Of one word after the other, side by side: a search reads those of a thousand words.
    private readonly Growing<int> _gramsOfWords = new();
    private readonly Growing<ulong> _letterSets = new();
    private readonly Growing<string> _stemTexts = new();
    private readonly Growing<int> _wordCounts = new();
    private readonly SoundAlikes _sounds = new();
    private readonly Growing<int> _stemCounts = new();
    // The words of a stem as a chain: few questions ask for them, and a list for each stem would take more than the words.
    private readonly Growing<int> _lastWords = new();
    private readonly Growing<int> _wordsBefore = new();

    /// <summary>What stands for every stem that is not asked for; <see cref="None"/> while all are taken in.</summary>
    private int _otherStem = None;

    public Lexicon() => _wordsBySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Words => _entries.Count;

    public int Stems => _stemTexts.Count;

    public int Grams { get; private set; }

    /// <summary>Words that stand in at least one live chunk.</summary>
    public int LiveWords { get; private set; }

    public int Add(ReadOnlySpan<char> word)
    {
        if (_wordsBySpan.TryGetValue(word, out var id))
            return id;
        var text = word.ToString();
        var entry = _otherStem == None ? EntryOf(text, StemId(Stemmer.Stem(text)), GramIds(text)) : AskedOf(text);
        id = _wordCounts.Add(0);
        _entries.Add(entry);
        _texts.Add(text);
        _letterSets.Add(LetterSet.Of(text));
        _sounds.Add(id, text, entry.Stem == None ? text : StemText(entry.Stem));
        _wordsBefore.Add(_lastWords[entry.Stem]);
        // Whoever sees the new end of a chain sees the link that leads on from it.
        Volatile.Write(ref _lastWords.Items[entry.Stem], id);
        _words[text] = id;
        return id;
    }

    /// <summary>A stem or 4-gram of which nothing but itself is known.</summary>
    public int AddStem(string stem) => StemId(stem);

    public int AddGram(ulong gram)
    {
        if (!_grams.TryGetValue(gram, out var id))
            _grams[gram] = id = Grams++;
        return id;
    }

    public WordEntry this[int word] => _entries[word];

    public WordEntry[] Entries => _entries.Items;

    public string TextOf(int word) => _texts[word];

    /// <summary>The word's 4-grams, with repetitions.</summary>
    public ReadOnlySpan<int> GramsOf(int word) => GramsOf(_entries[word]);

    public ReadOnlySpan<int> GramsOf(scoped in WordEntry entry) => _gramsOfWords.Items.AsSpan(entry.FirstGram, entry.Grams);

    /// <summary>Those of all words, to look up by <see cref="WordEntry.FirstGram"/>.</summary>
    public int[] GramsOfWords => _gramsOfWords.Items;

    /// <summary>The <see cref="LetterSet"/> of each word.</summary>
    public ReadOnlySpan<ulong> LetterSets => _letterSets.Read();

    public string StemText(int stem) => _stemTexts[stem];

    public int FindWord(string word) => _words.TryGetValue(word, out var id) ? id : None;

    public int FindStem(string stem) => _stems.TryGetValue(stem, out var id) ? id : None;

    public int FindGram(ulong gram) => _grams.TryGetValue(gram, out var id) ? id : None;

    /// <summary>Stems with the same first letters, itself included if it is known.</summary>
    public int[] FamilyOf(string stem) =>
        stem.Length >= FamilyLetters && _families.TryGetValue(FamilyKey(stem), out var family) ? family : [];

    /// <summary>Of the words that have the stem the one that was met last; <see cref="None"/> if no word has it.</summary>
    public int LastWordOf(int stem) => Volatile.Read(ref _lastWords.Items[stem]);

    /// <summary>Of the words with this one's stem the one that was met before it; <see cref="None"/> if it was the first.</summary>
    public int WordBefore(int word) => _wordsBefore[word];

    /// <summary>Live words of the other alphabet that sound like this one: ютуб, youtube.</summary>
    public IEnumerable<int> SoundingLike(string word) => _sounds.Of(word, Stemmer.Stem(word)).Where(other => CountOfWord(other) > 0);

    /// <summary>How often the word stands in live chunks.</summary>
    public int CountOfWord(int word) => _wordCounts[word];

    public int CountOfStem(int stem) => _stemCounts[stem];

    public void CountWord(int word, int change)
    {
        var before = _wordCounts[word];
        _wordCounts.Set(word, before + change);
        LiveWords += before == 0 && change > 0 ? 1 : before > 0 && before + change == 0 ? -1 : 0;
        CountStem(_entries[word].Stem, change);
    }

    public void CountStem(int stem, int change) => _stemCounts.Set(stem, _stemCounts[stem] + change);

    /// <summary>From now on words bring no new stems and 4-grams: for reading texts of which only what is known already will be looked up.</summary>
    public void Close() => _otherStem = StemId("");

    private WordEntry EntryOf(string word, int stem, ReadOnlySpan<int> grams) =>
        new(stem, _gramsOfWords.AddRange(grams), grams.Length, WordEntry.ShapeOf(word));

    private WordEntry AskedOf(string word)
    {
        var stem = FindStem(StemCache.Stem(word));
        Span<ulong> grams = word.Length < 256 ? stackalloc ulong[256] : new ulong[word.Length];
        var count = Retrieval.Grams.Of(word, grams);
        List<int>? asked = null;
        foreach (var gram in grams[..count])
            if (_grams.TryGetValue(gram, out var id))
                (asked ??= []).Add(id);
        return EntryOf(word, stem == None ? _otherStem : stem, CollectionsMarshal.AsSpan(asked));
    }

    private int StemId(string stem)
    {
        if (_stems.TryGetValue(stem, out var id))
            return id;
        id = _stemTexts.Add(stem);
        _stemCounts.Add(0);
        _lastWords.Add(None);
        _stems[stem] = id;
        if (stem.Length >= FamilyLetters)
            _families[FamilyKey(stem)] = [.. FamilyOf(stem), id];
        return id;
    }

    private int[] GramIds(string word)
    {
        Span<ulong> grams = word.Length < 256 ? stackalloc ulong[256] : new ulong[word.Length];
        var count = Retrieval.Grams.Of(word, grams);
        var ids = new int[count];
        for (var i = 0; i < count; i++)
            ids[i] = AddGram(grams[i]);
        return ids;
    }

    private static ulong FamilyKey(string stem) => (ulong)stem[0] << 48 | (ulong)stem[1] << 32 | (ulong)stem[2] << 16 | stem[3];
}
