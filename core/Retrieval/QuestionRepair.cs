using Support.Text;

namespace Support.Retrieval;

/// <summary>
/// Turns a mistyped question into words the collection has: a wrong keyboard layout, Latin letters for Russian, typing errors.
/// A word the collection knows, or the tenant named, is never touched. With half of the long words corrupted this takes nDCG@10 on vkcloud_ru from .48 to
/// .54, with a wrong layout from .09 to .52; on clean questions it costs .001.
/// </summary>
internal static class QuestionRepair
{
    // The whole question is mapped when most of it is unknown and the map makes much more of it known.
    private const double MostlyUnknown = .5;
    private const double LeastGain = .3;

    private const int LeastLetters = 4;
    private const int LettersForTwoErrors = 9;

    // People seldom miss a word's first letter.
    private const double OtherFirstLetter = .5;

    // A message can be 4,096 characters of nothing known; each correction looks at every word of the collection.
    private const int MostCorrections = 24;
    public const int MostLetters = 32;

    private static readonly Func<string, string>[] Maps = [KeyboardLayout.ToRussian, KeyboardLayout.ToEnglish, Transliteration.ToCyrillic];

    private static readonly Func<string, string>[] WordMaps = [Transliteration.ToCyrillic, KeyboardLayout.ToRussian, KeyboardLayout.ToEnglish];

    /// <param name="lexicon">All words of the collection.</param>
    public static IReadOnlyList<string> Repair(string question, Lexicon lexicon, Thesaurus thesaurus) =>
        lexicon.LiveWords == 0 ? Tokenizer.Tokens(question) : Repair(question, lexicon, thesaurus, word => Nearest(word, lexicon));

    /// <param name="lexicon">Of the collection, which is not empty, at least what <see cref="Readings"/> says.</param>
    /// <param name="nearest">The word of the collection that an unknown word was meant to be; null when there is none.</param>
    public static IReadOnlyList<string> Repair(string question, Lexicon lexicon, Thesaurus thesaurus, Func<string, string?> nearest)
    {
        var tokens = Tokenizer.Tokens(question);
        tokens = MapWhole(question, tokens, lexicon, thesaurus);
        var corrections = 0;
        for (var i = 0; i < tokens.Count && corrections < MostCorrections; i++)
        {
            if (!MayBeWrong(tokens[i]) || IsKnown(tokens[i], lexicon, thesaurus))
                continue;
            corrections++;
            tokens[i] = MapWord(tokens[i], lexicon, thesaurus) ?? SoundingLike(tokens[i], lexicon) ?? nearest(tokens[i]) ?? tokens[i];
        }
        return tokens;
    }

    /// <summary>Every word that a repair may ask for: the question's own, and those it would be in another layout or in other letters.</summary>
    public static IReadOnlyCollection<string> Readings(string question)
    {
        var words = Tokenizer.Tokens(question).ToHashSet(StringComparer.Ordinal);
        var folded = Folding.Fold(question);
        foreach (var map in Maps)
            words.UnionWith(Tokenizer.Tokens(map(folded)));
        foreach (var word in words.Where(MayBeWrong).ToList())
            foreach (var map in WordMaps)
                words.Add(map(word));
        return words;
    }

    private static List<string> MapWhole(string question, List<string> tokens, Lexicon lexicon, Thesaurus thesaurus)
    {
        var known = KnownShare(tokens, lexicon, thesaurus);
        if (known >= MostlyUnknown)
            return tokens;
        var folded = Folding.Fold(question);
        foreach (var map in Maps)
        {
            var mapped = Tokenizer.Tokens(map(folded));
            if (KnownShare(mapped, lexicon, thesaurus) >= Math.Max(MostlyUnknown, known + LeastGain))
                return mapped;
        }
        return tokens;
    }

    /// <summary>Of the tokens longer than a letter; 1 when there are none.</summary>
    private static double KnownShare(List<string> tokens, Lexicon lexicon, Thesaurus thesaurus)
    {
        var all = 0;
        var known = 0;
        foreach (var token in tokens)
        {
            if (token.Length < 2)
                continue;
            all++;
            known += IsKnown(token, lexicon, thesaurus) ? 1 : 0;
        }
        return all == 0 ? 1 : (double)known / all;
    }

    private static bool IsKnown(string word, Lexicon lexicon, Thesaurus thesaurus) =>
        lexicon.FindWord(word) is var id && id != Lexicon.None && lexicon.CountOfWord(id) > 0
        || char.IsDigit(word[0]) && word.All(char.IsDigit)
        || WordLists.Function.Contains(word)
        || WordLists.Helper.Contains(word)
        || Stemmer.Stem(word) is var stem && (thesaurus.IsTenants(stem) || lexicon.FindStem(stem) is var known && known != Lexicon.None && lexicon.CountOfStem(known) > 0);

    private static string? MapWord(string word, Lexicon lexicon, Thesaurus thesaurus)
    {
        foreach (var map in WordMaps)
            if (map(word) is var mapped && mapped != word && IsAlphabetic(mapped) && IsKnown(mapped, lexicon, thesaurus))
                return mapped;
        return null;
    }

    /// <summary>A name written by ear in the other alphabet; of names that sound alike the most frequent.</summary>
    private static string? SoundingLike(string word, Lexicon lexicon) =>
        lexicon.SoundingLike(word).OrderByDescending(lexicon.CountOfWord).ThenBy(other => lexicon.TextOf(other), StringComparer.Ordinal)
            .Select(other => lexicon.TextOf(other)).FirstOrDefault();

    /// <summary>How many errors a word may hold.</summary>
    public static int MostErrors(string word) => word.Length >= LettersForTwoErrors ? 2 : 1;

    /// <summary>The lexicon's nearest word; of words equally near the most frequent, of those the first in the alphabet, so that the same question is always read alike.</summary>
    public static string? Nearest(string word, Lexicon lexicon)
    {
        var most = MostErrors(word);
        var letters = LetterSet.Of(word);
        string? nearest = null;
        var least = double.MaxValue;
        var frequency = 0;
        var sets = lexicon.LetterSets;
        for (var id = 0; id < sets.Length; id++)
        {
            if (!LetterSet.MayBeWithin(letters, sets[id], most))
                continue;
            var other = lexicon.TextOf(id);
            var count = lexicon.CountOfWord(id);
            if (count == 0 || Math.Abs(other.Length - word.Length) > most || EditDistance.Of(word, other, most) is var edits && edits > most)
                continue;
            var distance = edits + (other[0] == word[0] ? 0 : OtherFirstLetter);
            if (distance < least || distance == least && (count > frequency || count == frequency && string.CompareOrdinal(other, nearest) < 0))
            {
                nearest = other;
                least = distance;
                frequency = count;
            }
        }
        return nearest;
    }

    private static bool MayBeWrong(string word) => word.Length is >= LeastLetters and <= MostLetters && IsAlphabetic(word);

    private static bool IsAlphabetic(string word) => word.All(char.IsLetter);
}
