using Support.Text;

namespace Support.Retrieval;

/// <summary>A question as ranking sees it: its tokens, its distinct words with what each is worth, and whether yes or no would answer it.</summary>
public sealed record ReadQuestion(IReadOnlyList<string> Tokens, IReadOnlyList<WeightedWord> Words, bool AsksYesOrNo)
{
    // Words of grammar and of asking say little, yet leaving them out loses short questions ("как выйти").
    internal const double FunctionWeight = .4;
    private const double HelperWeight = .5;

    public static ReadQuestion Of(IReadOnlyList<string> tokens) =>
        new(tokens, tokens.Distinct(StringComparer.Ordinal).Select(Weigh).ToArray(), QuestionForms.AsksYesOrNo(tokens));

    /// <param name="message">As the customer wrote it: in a long one the words that ask count most.</param>
    /// <param name="tokens">After repair.</param>
    public static ReadQuestion Of(string message, IReadOnlyList<string> tokens)
    {
        var read = Of(tokens);
        if (QuestionFocus.Of(message, tokens) is not { } focus)
            return read;
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < tokens.Count; i++)
            counts[tokens[i]] = Math.Max(counts.GetValueOrDefault(tokens[i]), focus[i]);
        return read with { Words = [.. read.Words.Select(word => word with { Weight = word.Weight * counts[word.Text] })] };
    }

    /// <summary>Distinct words that can tell one passage from another on their own: neither function nor helper words, nor numbers, nor single letters.</summary>
    public int ContentWords => Words.Count(word => word.IsContent && SaysSomething(word.Text));

    // "100 %" is half of a question. A number beside a word is ranked and judged as any other word; so is a letter ("vitamin C").
    private static bool SaysSomething(string word) => word.Any(char.IsLetter) && (word.Length > 1 || !char.IsLower(word[0]));

    private static WeightedWord Weigh(string word) =>
        WordLists.Function.Contains(word) ? new WeightedWord(word, FunctionWeight, IsContent: false)
        : WordLists.Helper.Contains(word) ? new WeightedWord(word, HelperWeight, IsContent: false)
        : new WeightedWord(word, 1, IsContent: true);
}

public readonly record struct WeightedWord(string Text, double Weight, bool IsContent);
