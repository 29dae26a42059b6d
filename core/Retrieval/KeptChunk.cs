using Support.Knowledge;

namespace Support.Retrieval;

/// <summary>A chunk as an index keeps it, made once and shared by every segment it is merged into: as small as it gets, for only what is found is opened.</summary>
internal sealed class KeptChunk : ChunkShape
{
    private const int WordsToLine = 32;

    private readonly IndexedChunk _labels;
    private readonly PackedText _text;
    private readonly ushort[] _words = [];

    private KeptChunk(IndexedChunk chunk)
    {
        _labels = chunk with { Text = "" };
        _text = PackedText.Of(chunk.Text);
    }

    /// <summary>Unpacked anew each time.</summary>
    public override required int[] Words
    {
        get => PackedNumbers.Unpack(_words, TitleWords + BodyWords);
        init => _words = PackedNumbers.Pack(value);
    }

    /// <summary>Its words into the beginning of these.</summary>
    /// <returns>How many they are.</returns>
    public int Unpack(Span<int> words)
    {
        var count = TitleWords + BodyWords;
        PackedNumbers.Unpack(_words, words[..count]);
        return count;
    }

    /// <summary>A word of each stretch that memory is fetched in, added up: read for many chunks one after the other, all of them are on their way at once.</summary>
    public int Touch()
    {
        var sum = 0;
        for (var i = 0; i < _words.Length; i += WordsToLine)
            sum += _words[i];
        return sum;
    }

    public long ChunkId => _labels.ChunkId;

    public Audience Audience => _labels.Audience;

    /// <summary>Bytes that its text takes.</summary>
    public int TextSize => _text.Size;

    public IndexedChunk Chunk => _labels with { Text = _text.ToString() };

    public static KeptChunk Of(ChunkEntry entry) => new(entry.Chunk)
    {
        Words = entry.Words,
        Units = entry.Units,
        TitleWords = entry.TitleWords,
        BodyWords = entry.BodyWords,
        TitleGrams = entry.TitleGrams,
        BodyGrams = entry.BodyGrams,
        TitleAsks = entry.TitleAsks,
        SaysYesOrNo = entry.SaysYesOrNo,
    };

    /// <param name="lexicon">That numbered its words.</param>
    public ChunkEntry Open(Lexicon lexicon) => new()
    {
        Kept = this,
        Stems = StemsOf(lexicon),
        Words = Words,
        Units = Units,
        TitleWords = TitleWords,
        BodyWords = BodyWords,
        TitleGrams = TitleGrams,
        BodyGrams = BodyGrams,
        TitleAsks = TitleAsks,
        SaysYesOrNo = SaysYesOrNo,
    };
}
