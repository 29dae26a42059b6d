using Support.Text;

namespace Support.Retrieval;

/// <summary>A chunk as ranking sees it: its words as numbers, title first. Made once, shared by every segment it is merged into.</summary>
internal sealed class ChunkEntry
{
    public required IndexedChunk Chunk { get; init; }

    public required int[] Words { get; init; }

    public required int[] Stems { get; init; }

    public required int TitleWords { get; init; }

    public required int TitleGrams { get; init; }

    public required int BodyGrams { get; init; }

    /// <summary>The title is a question (a FAQ entry's).</summary>
    public required bool TitleAsks { get; init; }

    /// <summary>The text begins by saying yes or no.</summary>
    public required bool SaysYesOrNo { get; init; }

    public int BodyWords => Words.Length - TitleWords;

    /// <summary>Adjacent words, not across title and body.</summary>
    public int Pairs => Math.Max(0, TitleWords - 1) + Math.Max(0, BodyWords - 1);

    public static ChunkEntry Read(IndexedChunk chunk, Lexicon lexicon)
    {
        var words = new List<int>();
        var titleGrams = AddWords(chunk.Title, lexicon, words);
        var titleWords = words.Count;
        var bodyGrams = AddWords(chunk.Text, lexicon, words);
        return new ChunkEntry
        {
            Chunk = chunk,
            Words = [.. words],
            Stems = words.ConvertAll(word => lexicon[word].Stem).ToArray(),
            TitleWords = titleWords,
            TitleGrams = titleGrams,
            BodyGrams = bodyGrams,
            TitleAsks = QuestionForms.IsQuestion(chunk.Title),
            SaysYesOrNo = words.Count > titleWords && QuestionForms.SaysYesOrNo(lexicon[words[titleWords]].Text),
        };
    }

    private static int AddWords(string text, Lexicon lexicon, List<int> words)
    {
        var grams = 0;
        var position = 0;
        var folded = Folding.Fold(text);
        while (Tokenizer.Next(folded, ref position, out var start, out var length))
        {
            words.Add(lexicon.Add(folded.AsSpan(start, length)));
            grams += Grams.Count(length);
        }
        return grams;
    }
}
