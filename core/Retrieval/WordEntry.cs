using Support.Text;

namespace Support.Retrieval;

/// <summary>What ranking asks of a word, in sixteen bytes: a search reads those of a thousand words, and its text of none.</summary>
/// <param name="FirstGram">See <see cref="Lexicon.GramsOf(int)"/>.</param>
/// <param name="Grams">Their number.</param>
/// <param name="Shape">Its length and two marks.</param>
internal readonly record struct WordEntry(int Stem, int FirstGram, int Grams, int Shape)
{
    private const int Function = 1;
    private const int Digit = 2;
    private const int Marks = 2;

    public int Length => Shape >> Marks;

    public bool IsFunction => (Shape & Function) != 0;

    public bool BeginsWithDigit => (Shape & Digit) != 0;

    public static int ShapeOf(string word) =>
        word.Length << Marks | (WordLists.Function.Contains(word) ? Function : 0) | (word.Length > 0 && char.IsDigit(word[0]) ? Digit : 0);
}
