using System.Runtime.InteropServices;
using Support.Knowledge;

namespace Support.Retrieval;

/// <summary>A chunk as an index keeps it, made once and shared by every segment it is merged into: as small as it gets, for only what is found is opened.</summary>
internal sealed class KeptChunk : ChunkShape
{
    private readonly IndexedChunk _labels;
    private readonly PackedText _text;
    private readonly byte[] _words = [];

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

    /// <summary>Adds its words to others.</summary>
    public void AddWords(List<int> words)
    {
        var before = words.Count;
        CollectionsMarshal.SetCount(words, before + TitleWords + BodyWords);
        PackedNumbers.Unpack(_words, CollectionsMarshal.AsSpan(words)[before..]);
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
