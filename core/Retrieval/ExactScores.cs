using System.Runtime.InteropServices;

namespace Support.Retrieval;

/// <summary>
/// The scores of single chunks, from their own words and today's lengths. Chunks that are near a question share most words, so what a word stands for is worked out
/// once for each question. Chunks and words lie in memory that no search touched lately, so all that is known to be needed is read step by step for all of it: a
/// processor waits for many places of memory together, and for one after the other if each word were followed to its end.
/// </summary>
internal sealed class ExactScores
{
    private const int NotRead = 0;
    private const int NotAsked = 1;

    // Scores of so many chunks, at most, are worth the room from one question to the next.
    private const int MostKept = 512;

    // Stems first, then 4-grams. A stem may be asked for by several words of the question.
    private readonly List<Asked> _asked = [];
    private readonly List<Use> _uses = [];
    private readonly List<int> _terms = [];
    private readonly List<int> _met = [];
    private readonly List<int> _metStems = [];
    private readonly List<(int Slot, KeptChunk Chunk)> _chunks = [];
    private Dictionary<int, (double Stems, double Grams)> _known = [];
    private int[] _wordsOfChunks = [];
    private int[] _readWords = [];
    private WordEntry[] _entries = [];
    private int[] _stems = [];
    private int[] _grams = [];
    private ulong[] _isAsked = [];
    private int[] _words = [];
    private double[] _ofStem = [];
    private IndexSnapshot _snapshot = null!;
    private int _askedStems;
    private int _read;
    private int _touched;

    /// <summary>Chunks scored for the last question.</summary>
    public int Count { get; private set; }

    private bool HasGrams => _asked.Count > _askedStems;

    /// <summary>Bytes that are as many as the lexicon has words.</summary>
    public long Size => sizeof(int) * ((long)_stems.Length + _grams.Length + _words.Length) + sizeof(ulong) * (long)_isAsked.Length;

    public void Begin(QuestionPlan plan, IndexSnapshot snapshot)
    {
        _snapshot = snapshot;
        var lexicon = snapshot.Lexicon;
        Grow(ref _stems, lexicon.Stems);
        Grow(ref _grams, lexicon.Grams);
        Grow(ref _words, lexicon.Words);
        Grow(ref _isAsked, (_grams.Length >> 6) + 1);
        Grow(ref _ofStem, plan.Stems.Count);
        for (var i = 0; i < plan.Stems.Count; i++)
        {
            var stem = plan.Stems[i];
            if (stem.Id != Lexicon.None)
                AskStem(stem.Id, i, stem.Weight * stem.Idf);
            foreach (var variant in stem.Variants)
                AskStem(variant.Id, i, stem.Weight * variant.Weight * variant.Idf);
        }
        _askedStems = _asked.Count;
        foreach (var gram in plan.Grams)
            if (gram.Id != Lexicon.None)
            {
                _asked.Add(new Asked(gram.Id, gram.Weight * gram.Idf));
                _grams[gram.Id] = _asked.Count;
                _isAsked[gram.Id >> 6] |= 1UL << gram.Id;
            }
        // Of what no word stands for and what no asked word stands for.
        _terms.Add(0);
        _terms.Add(0);
        if (!HasGrams)
            KnowWords();
    }

    /// <summary>S(d) and C(d) of a slot, not divided.</summary>
    public (double Stems, double Grams) Of(int slot)
    {
        if (!_known.ContainsKey(slot))
            Read([slot]);
        return _known[slot];
    }

    /// <summary>Makes ready what <see cref="Of"/> will be asked for.</summary>
    public void Read(ReadOnlySpan<int> slots)
    {
        _chunks.Clear();
        foreach (var slot in slots)
            if (!_known.ContainsKey(slot))
                _chunks.Add((slot, _snapshot.KeptAt(slot)));
        var words = Unpack();
        if (HasGrams)
            ReadWords(words);
        foreach (var (slot, chunk) in _chunks)
        {
            var count = chunk.TitleWords + chunk.BodyWords;
            _known[slot] = Score(chunk, words[..count]);
            words = words[count..];
        }
    }

    /// <summary>The words of all chunks to be read, one chunk after the other.</summary>
    private Span<int> Unpack()
    {
        var count = 0;
        foreach (var (_, chunk) in _chunks)
            count += chunk.TitleWords + chunk.BodyWords;
        foreach (var (_, chunk) in _chunks)
            _touched += chunk.Touch();
        Grow(ref _wordsOfChunks, count);
        var words = _wordsOfChunks.AsSpan(0, count);
        var rest = words;
        foreach (var (_, chunk) in _chunks)
            rest = rest[chunk.Unpack(rest)..];
        return words;
    }

    /// <summary>Forgets the question and lets go of the snapshot: a thread keeps this object, and would keep the whole index of a tenant that nobody asks any more.</summary>
    public void End()
    {
        for (var i = 0; i < _asked.Count; i++)
            if (i < _askedStems)
                _stems[_asked[i].Id] = 0;
            else
                _isAsked[_asked[i].Id >> 6] = 0;
        foreach (var word in _readWords.AsSpan(0, _read))
            _words[word] = NotRead;
        _asked.Clear();
        _uses.Clear();
        _terms.Clear();
        _read = 0;
        Count = _known.Count;
        // To clear one that grew takes as long as it is large, for every question after.
        if (Count > MostKept)
            _known = [];
        else
            _known.Clear();
        _chunks.Clear();
        _snapshot = null!;
    }

    private void AskStem(int id, int term, double worth)
    {
        if (_stems[id] == 0)
        {
            _asked.Add(new Asked(id, 0));
            _stems[id] = _asked.Count;
        }
        ref var asked = ref CollectionsMarshal.AsSpan(_asked)[_stems[id] - 1];
        _uses.Add(new Use(term, worth, asked.Uses));
        asked.Uses = _uses.Count;
    }

    /// <summary>Where only stems are asked for, the words that have them are few and known beforehand, and of no other anything has to be read.</summary>
    private void KnowWords()
    {
        var lexicon = _snapshot.Lexicon;
        for (var i = 0; i < _askedStems; i++)
        {
            var at = _terms.Count;
            _terms.Add(1);
            _terms.Add(i);
            for (var word = lexicon.LastWordOf(_asked[i].Id); word != Lexicon.None; word = lexicon.WordBefore(word))
                // Not of a word that came after this search had begun: no chunk of the snapshot has it.
                if (word < _words.Length)
                    Know(word, at);
        }
    }

    private void Know(int word, int at)
    {
        if (_readWords.Length == _read)
            Array.Resize(ref _readWords, 2 * (_read + 1));
        _readWords[_read++] = word;
        _words[word] = at;
    }

    /// <summary>Notes which of the asked terms each new word stands for: their number and then each, in <see cref="_terms"/>.</summary>
    private void ReadWords(ReadOnlySpan<int> words)
    {
        var fresh = Fresh(words);
        var lexicon = _snapshot.Lexicon;
        var (all, grams) = (lexicon.Entries, lexicon.GramsOfWords);
        Grow(ref _entries, fresh.Length);
        var entries = _entries.AsSpan(0, fresh.Length);
        for (var i = 0; i < entries.Length; i++)
            entries[i] = all[fresh[i]];
        foreach (ref readonly var entry in entries)
            _touched += (uint)entry.FirstGram < (uint)grams.Length ? grams[entry.FirstGram] : 0;
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            var at = _terms.Count;
            _terms.Add(0);
            if (entry.Stem != Lexicon.None && _stems[entry.Stem] is > 0 and var asked)
                _terms.Add(asked - 1);
            foreach (var gram in grams.AsSpan(entry.FirstGram, entry.Grams))
                if ((_isAsked[gram >> 6] >> gram & 1) != 0)
                    _terms.Add(_grams[gram] - 1);
            _terms[at] = _terms.Count - at - 1;
            if (_terms[at] > 0)
                _words[fresh[i]] = at;
            else
                _terms.RemoveAt(at);
        }
    }

    /// <summary>Those not met before, each once. A processor cannot guess which, so it is not asked to.</summary>
    private ReadOnlySpan<int> Fresh(ReadOnlySpan<int> words)
    {
        if (_readWords.Length < _read + words.Length + 1)
            Array.Resize(ref _readWords, 2 * (_read + words.Length + 1));
        var first = _read;
        foreach (var word in words)
        {
            ref var state = ref _words[word];
            var isNew = state == NotRead ? 1 : 0;
            state |= isNew;
            _readWords[_read] = word;
            _read += isNew;
        }
        return _readWords.AsSpan(first, _read - first);
    }

    private (double Stems, double Grams) Score(KeptChunk chunk, ReadOnlySpan<int> words)
    {
        var asked = CollectionsMarshal.AsSpan(_asked);
        var terms = CollectionsMarshal.AsSpan(_terms);
        for (var i = 0; i < words.Length; i++)
            if (_words[words[i]] is var at && at > NotAsked)
                foreach (var one in terms.Slice(at + 1, terms[at]))
                    Meet(ref asked[one], one, i < chunk.TitleWords);
        var (ofStems, ofGrams) = FieldNorms.Of(chunk, _snapshot.Statistics);
        var (stems, grams) = (0.0, 0.0);
        foreach (var one in _met)
        {
            ref var met = ref asked[one];
            if (one < _askedStems)
                Raise(met, ofStems.Saturation(met.InTitle, met.InBody));
            else
                grams += met.Worth * ofGrams.Saturation(met.InTitle, met.InBody);
            (met.InTitle, met.InBody) = (0, 0);
        }
        foreach (var term in _metStems)
        {
            stems += _ofStem[term];
            _ofStem[term] = 0;
        }
        _met.Clear();
        _metStems.Clear();
        return (stems, grams);
    }

    private void Meet(ref Asked asked, int place, bool inTitle)
    {
        if (asked.InTitle + asked.InBody == 0)
            _met.Add(place);
        ref var times = ref inTitle ? ref asked.InTitle : ref asked.InBody;
        times = Math.Min(times + 1, Impacts.MostTimes);
    }

    /// <summary>Of the ways to meet a word of the question, the one that gives most counts.</summary>
    private void Raise(in Asked met, double saturation)
    {
        for (var at = met.Uses; at > 0; at = _uses[at - 1].Next)
        {
            var use = _uses[at - 1];
            if (_ofStem[use.Term] == 0)
                _metStems.Add(use.Term);
            _ofStem[use.Term] = Math.Max(_ofStem[use.Term], use.Worth * saturation);
        }
    }

    private static void Grow<T>(ref T[] places, int count)
    {
        if (places.Length < count)
            places = new T[count * 5 / 4];
    }

    /// <param name="id">Of the stem or 4-gram.</param>
    /// <param name="worth">Of a 4-gram.</param>
    private struct Asked(int id, double worth)
    {
        public readonly int Id = id;
        public readonly double Worth = worth;
        public int Uses;
        public int InTitle;
        public int InBody;
    }

    private readonly record struct Use(int Term, double Worth, int Next);
}
