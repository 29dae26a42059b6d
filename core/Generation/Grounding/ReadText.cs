using Support.Generation.Guards;
using Support.Text;

namespace Support.Generation.Grounding;

/// <summary>A text read for comparing: its words and its numbers, with what stands around them.</summary>
internal sealed class ReadText
{
    private static readonly HashSet<string> Negators = GroundingData.List("negators");
    private static readonly HashSet<string> NegatorsAfter = GroundingData.List("negators_of_what_is_before");
    private static readonly HashSet<string> NotNegating = GroundingData.List("not_negating_before");
    private static readonly HashSet<string> Working = GroundingData.List("working");

    private ReadText(IReadOnlyList<Word> words, IReadOnlyList<Quantity> numbers, IReadOnlyList<int> negations, IReadOnlyList<string> run)
    {
        Words = words;
        Numbers = numbers;
        NegatedClauses = negations;
        Run = run;
    }

    public IReadOnlyList<Word> Words { get; }

    public IReadOnlyList<Quantity> Numbers { get; }

    /// <summary>The clause of each negation.</summary>
    public IReadOnlyList<int> NegatedClauses { get; }

    public int Negations => NegatedClauses.Count;

    /// <summary>All of the text in order, each word, value and unit in one spelling.</summary>
    public IReadOnlyList<string> Run { get; }

    public IEnumerable<Word> Content => Words.Where(word => word.IsContent);

    public bool HasAny(HashSet<string> list) => Words.Any(word => list.Contains(word.Text));

    public static ReadText Of(string text)
    {
        var tokens = TextToken.Of(SeenText.Of(text).Text.Replace("n't", " not", StringComparison.Ordinal).Replace("n’t", " not", StringComparison.Ordinal).Replace("cannot", "can not", StringComparison.Ordinal));
        var isRussian = LanguageGuess.Of(text) == LanguageGuess.Russian;
        var negated = NegatedPositions(tokens);
        var words = new List<Word>();
        var numbers = new List<Quantity>();
        var run = new List<string>();
        var ofNumber = new HashSet<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var value = token.IsNumber ? NumberText.Value(token.Text) : token.IsSign ? null : NumberWords.Value(token.Folded);
            run.Add(value ?? Units.Of(token.Folded) ?? token.Folded);
            if (value is not null)
                numbers.Add(QuantityAt(tokens, i, value, ofNumber));
            else if (!token.IsSign && token.Folded.Length > 0)
                words.Add(new Word(
                    token.Folded, Stemmer.Stem(token.Folded), i, token.Clause, token.Line, !ofNumber.Contains(i) && IsContent(token.Folded), IsName(token, isRussian), token.IsQuoted, negated.Contains(i)));
        }
        return new ReadText(words, numbers, [.. tokens.Where((_, i) => IsNegator(tokens, i)).Select(token => token.Clause)], run);
    }

    private static bool IsContent(string folded) => !WordLists.Function.Contains(folded) && !Negators.Contains(folded) && folded is not ("s" or "t");

    private static bool IsName(TextToken token, bool isRussian)
    {
        var hasDigit = token.Text.Any(char.IsAsciiDigit);
        if (hasDigit || token.Text.Length > 1 && token.Text.All(char.IsUpper))
            return true;
        return !token.StartsSentence && char.IsUpper(token.Text[0]) && token.Text is not "I" || isRussian && token.Text.Length > 1 && char.IsAsciiLetter(token.Text[0]);
    }

    private static bool IsNegator(List<TextToken> tokens, int i) =>
        Negators.Contains(tokens[i].Folded) && !(i + 1 < tokens.Count && NotNegating.Contains(tokens[i + 1].Folded))
        && !(tokens[i].StartsSentence && tokens[i].Folded is "нет" or "no" && i + 1 < tokens.Count && tokens[i + 1].Clause != tokens[i].Clause);

    /// <summary>Three words after a negation in its clause, or two before one that follows what it denies.</summary>
    private static HashSet<int> NegatedPositions(List<TextToken> tokens)
    {
        var negated = new HashSet<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!IsNegator(tokens, i))
                continue;
            for (var j = i + 1; j <= i + 3 && j < tokens.Count && tokens[j].Clause == tokens[i].Clause; j++)
                negated.Add(j);
            if (NegatorsAfter.Contains(tokens[i].Folded))
                for (var j = i - 1; j >= i - 2 && j >= 0 && tokens[j].Clause == tokens[i].Clause; j--)
                    negated.Add(j);
        }
        return negated;
    }

    private static Quantity QuantityAt(List<TextToken> tokens, int at, string value, HashSet<int> ofNumber)
    {
        var qualified = false;
        string? unit = at > 0 && tokens[at - 1].Text is "$" or "€" ? Units.Of(tokens[at - 1].Text) : null;
        for (var i = at + 1; unit is null && i < tokens.Count && i <= at + 6; i++)
        {
            unit = Units.Of(tokens[i].Folded);
            if (unit is not null)
                ofNumber.Add(i);
            qualified |= Working.Contains(tokens[i].Folded);
            // "3–10 дней", "1 000, 3 000 и 5 000 ₽", "2 рабочих дней": the unit stands after the last.
            if (unit is null && !tokens[i].IsNumber && !Working.Contains(tokens[i].Folded) && tokens[i].Folded is not ("и" or "and" or "or" or "или" or "до" or "to" or "тыс"))
                break;
        }
        return new Quantity(value, unit, qualified && unit is not null, Bounds.Before(tokens, at), at, tokens[at].Clause, tokens[at].Line, tokens[at].IsNumber);
    }
}
