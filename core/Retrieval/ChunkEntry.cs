using Support.Text;

namespace Support.Retrieval;

/// <summary>A chunk as it was just read, and as ranking sees a candidate.</summary>
internal sealed class ChunkEntry : ChunkShape
{
    private IndexedChunk? _chunk;

    /// <summary>What it was opened from; null for a chunk that was just read.</summary>
    public KeptChunk? Kept { get; init; }

    /// <summary>Its text is unpacked when it is first asked for: ranking does without.</summary>
    public IndexedChunk Chunk
    {
        get => _chunk ??= Kept!.Chunk;
        init => _chunk = value;
    }

    public override required int[] Words { get; init; }

    public required int[] Stems { get; init; }

    public static ChunkEntry Read(IndexedChunk chunk, Lexicon lexicon)
    {
        var words = new List<int>();
        var units = new List<int>();
        var titleGrams = AddWords(chunk.Title, lexicon, words, units, isOneUnit: true);
        var titleWords = words.Count;
        var bodyGrams = AddWords(chunk.Text, lexicon, words, units, isOneUnit: false);
        return new ChunkEntry
        {
            Chunk = chunk,
            Words = [.. words],
            Units = [.. units],
            Stems = words.ConvertAll(word => lexicon[word].Stem).ToArray(),
            TitleWords = titleWords,
            BodyWords = words.Count - titleWords,
            TitleGrams = titleGrams,
            BodyGrams = bodyGrams,
            TitleAsks = QuestionForms.IsQuestion(chunk.Title),
            SaysYesOrNo = words.Count > titleWords && QuestionForms.SaysYesOrNo(lexicon.TextOf(words[titleWords])),
        };
    }

    private static int AddWords(string text, Lexicon lexicon, List<int> words, List<int> units, bool isOneUnit)
    {
        var grams = 0;
        var position = 0;
        var folded = Folding.Fold(text);
        var before = words.Count;
        var ended = 0;
        while (Tokenizer.Next(folded, ref position, out var start, out var length))
        {
            if (words.Count == before || !isOneUnit && Sentence.EndsIn(folded.AsSpan(ended, start - ended)))
                units.Add(words.Count);
            ended = position;
            words.Add(lexicon.Add(folded.AsSpan(start, length)));
            grams += Grams.Count(length);
        }
        return grams;
    }
}
