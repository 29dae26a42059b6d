using System.Text.RegularExpressions;
using Support.Text;
using Xunit;

namespace Support.Tests.Text;

public sealed class TextTests
{
    [Theory]
    [InlineData("Как ВЫЙТИ из проекта?", "как выйти из проекта")]
    [InlineData("Ещё ёлка", "еще елка")]
    [InlineData("и\u0306од", "йод")]
    [InlineData("№5 и m²", "no5 и m2")]
    [InlineData("ﬁle\u00A0name", "file name")]
    [InlineData("за\u0301мок", "замок")]
    [InlineData("snake_case co-op", "snake_case co op")]
    [InlineData("e\u0301cole ÉCOLE", "école école")]
    [InlineData("🙂 смайл", "смайл")]
    [InlineData("", "")]
    public void Text_is_folded_and_cut_into_words(string text, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', Tokenizer.Tokens(text)));

    [Fact]
    public void The_tokenizer_finds_what_the_regular_expression_finds()
    {
        var text = string.Concat(Enumerable.Range(1, 0xD7FF).Select(code => (char)code + (code % 7 == 0 ? " " : ""))) + "а\u200Dб \uFB01 \uFFFD";
        var folded = Folding.Fold(text);
        Assert.Equal(Regex.Matches(folded, @"\w+").Select(match => match.Value), Tokenizer.Tokens(text));
    }

    // Pairs "word stem" as libstemmer 2.2 gives them.
    [Theory]
    [InlineData("a a, is is, skies sky, dying die, news news, proceed proceed, caresses caress, ties tie, cries cri, gas gas, gaps gap, kiwis kiwi")]
    [InlineData("hopped hop, hoping hope, falling fall, fizzed fizz, agreed agre, feed feed, bed bed, sing sing, luxuriated luxuri, enjoy enjoy, cry cri")]
    [InlineData("generously generous, communism communism, arsenal arsenal, relational relat, conditional condit, rationalize ration, vietnamization vietnam")]
    [InlineData("operator oper, feudalism feudal, decisiveness decis, hopefulness hope, callousness callous, formality formal, sensibility sensibl")]
    [InlineData("analogy analog, geology geolog, electrical electr, goodness good, adjustment adjust, adoption adopt, replacement replac, dependent depend")]
    [InlineData("controlling control, rate rate, cease ceas, roll roll, say say, yelling yell, youth youth, early earli")]
    [InlineData("и и, мы мы, удалить удал, удаление удален, подключиться подключ, подключение подключен, проекта проект, пользователями пользовател")]
    [InlineData("возможность возможн, возможности возможн, прочитавши прочита, открывшийся откр, сделанный сдела, длинную длин, новейший нов")]
    [InlineData("важнейшее важн, красивейшие красив, любовь любов, ночь ноч, сети сет, взявшись взявш, умывшись ум, работающий работа, времени времен")]
    public void Stems_are_those_of_Snowball(string pairs)
    {
        foreach (var pair in pairs.Split(", "))
            Assert.Equal(pair, $"{pair.Split(' ')[0]} {Stemmer.Stem(pair.Split(' ')[0])}");
    }

    [Fact]
    public void Word_lists_and_thesaurus_are_carried_along()
    {
        Assert.Contains("который", WordLists.Function);
        Assert.Contains("подскажите", WordLists.Helper);
        Assert.Contains(Stemmer.Stem("стереть"), Thesaurus.General.RelativesOf(Stemmer.Stem("удалить")));
        Assert.Empty(Thesaurus.General.RelativesOf("нет такого"));
    }

    [Theory]
    [InlineData("Как настроить VPN в Windows Server?", "ru")]
    [InlineData("How do I reset my password?", "en")]
    [InlineData("500 ₽?", null)]
    public void The_language_is_guessed_from_letters(string text, string? language) => Assert.Equal(language, LanguageGuess.Of(text));

    [Theory]
    [InlineData("ghbdtn", "привет")]
    [InlineData("jgkfnf", "оплата")]
    public void A_wrong_keyboard_layout_can_be_undone_both_ways(string typed, string meant)
    {
        Assert.Equal(meant, KeyboardLayout.ToRussian(typed));
        Assert.Equal(typed, KeyboardLayout.ToEnglish(meant));
    }

    [Theory]
    [InlineData("oplata", "оплата")]
    [InlineData("podklyuchit", "подключит")]
    [InlineData("vashi dannye", "ваши данные")]
    [InlineData("moy", "мой")]
    [InlineData("schet", "щет")]
    public void Russian_in_Latin_letters_becomes_Cyrillic(string latin, string cyrillic) => Assert.Equal(cyrillic, Transliteration.ToCyrillic(latin));

    [Theory]
    [InlineData("пароль", "пароль", 0)]
    [InlineData("пароль", "парль", 1)]
    [InlineData("пароль", "праоль", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    [InlineData("", "ab", 2)]
    public void Edits_are_counted_with_swaps(string one, string other, int edits) => Assert.Equal(edits, EditDistance.Of(one, other, 5));

    [Fact]
    public void Counting_edits_stops_at_the_limit() => Assert.Equal(2, EditDistance.Of("совсем", "другое слово", 1));
}
