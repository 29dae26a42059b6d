using System.Collections.Frozen;
using Support.Text;

namespace Support.Questions;

/// <summary>A choice that is written instead of pressed: its number, "the second one", or the words of one title.</summary>
public static class TypedChoice
{
    private const int LongestMessage = 12;

    private static readonly FrozenDictionary<string, int> Ordinals = new Dictionary<string, int>
    {
        ["1"] = 0,
        ["1st"] = 0,
        ["first"] = 0,
        ["one"] = 0,
        ["первый"] = 0,
        ["первая"] = 0,
        ["первое"] = 0,
        ["первую"] = 0,
        ["первые"] = 0,
        ["один"] = 0,
        ["1й"] = 0,
        ["1ое"] = 0,
        ["2"] = 1,
        ["2nd"] = 1,
        ["second"] = 1,
        ["two"] = 1,
        ["второй"] = 1,
        ["вторая"] = 1,
        ["второе"] = 1,
        ["вторую"] = 1,
        ["вторые"] = 1,
        ["два"] = 1,
        ["2й"] = 1,
        ["2ое"] = 1,
        ["3"] = 2,
        ["3rd"] = 2,
        ["third"] = 2,
        ["three"] = 2,
        ["третий"] = 2,
        ["третья"] = 2,
        ["третье"] = 2,
        ["третью"] = 2,
        ["третьи"] = 2,
        ["три"] = 2,
        ["3й"] = 2,
        ["3ее"] = 2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What may stand beside the number without being a question of its own.
    private static readonly FrozenSet<string> Around = FrozenSet.Create(
        StringComparer.Ordinal,
        "the", "number", "no", "option", "please", "i", "mean", "meant", "it", "is", "this", "that", "one",
        "й", "е", "вариант", "номер", "пункт", "пожалуйста", "я", "про", "имею", "имел", "имела", "ввиду", "в", "виду", "это", "вот", "о", "об");

    private static readonly FrozenSet<string> None = FrozenSet.Create(
        StringComparer.Ordinal,
        "none", "neither", "none of these", "none of them", "neither of them", "something else", "другое", "ни один", "ни одна", "ни одно", "ни то ни другое", "ничего из этого", "ни один из них");

    /// <returns>Which of the titles, counted from 0; <see cref="ShownPassages.NoneOfThese"/>; null when the message is something else, or could be two of them.</returns>
    public static int? Of(string message, IReadOnlyList<string> titles)
    {
        var words = Tokenizer.Tokens(message);
        if (words.Count is 0 or > LongestMessage)
            return null;
        return None.Contains(string.Join(' ', words)) ? ShownPassages.NoneOfThese : ByNumber(words, titles.Count) ?? ByTitle(words, titles);
    }

    private static int? ByNumber(List<string> words, int count)
    {
        var told = words.Where(word => !Around.Contains(word)).ToList();
        // "Number one" tells a number; "the second one" and "this one" do not.
        if (told.Count == 0 && words[^1] == "one" && !words.Exists(word => word is "the" or "this" or "that"))
            told = ["one"];
        return told is [var only] && Ordinals.TryGetValue(only, out var index) && index < count ? index : null;
    }

    /// <summary>All that is written stands in one title, and says more than words of grammar; the other titles do not have it all.</summary>
    private static int? ByTitle(List<string> words, IReadOnlyList<string> titles)
    {
        var stems = words.Where(word => !Around.Contains(word)).Select(Stemmer.Stem).ToHashSet(StringComparer.Ordinal);
        if (!words.Exists(word => word.Length > 1 && word.Any(char.IsLetter) && !Around.Contains(word) && !WordLists.Function.Contains(word) && !WordLists.Helper.Contains(word)))
            return null;
        var exact = Indexes(titles, title => Tokenizer.Tokens(title).SequenceEqual(words));
        if (exact is [var same])
            return same;
        return Indexes(titles, title => stems.IsSubsetOf(Tokenizer.Tokens(title).Select(Stemmer.Stem))) is [var only] ? only : null;
    }

    private static List<int> Indexes(IReadOnlyList<string> titles, Func<string, bool> fits) =>
        [.. Enumerable.Range(0, titles.Count).Where(index => fits(titles[index]))];
}
