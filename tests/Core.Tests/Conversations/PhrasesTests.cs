using System.Text.RegularExpressions;
using Support.Conversations;
using Support.Questions;

namespace Support.Tests.Conversations;

public sealed partial class PhrasesTests
{
    [Fact]
    public void Both_languages_say_the_same_things() =>
        Assert.Equal(Phrases.Keys("en").Order(StringComparer.Ordinal), Phrases.Keys("ru").Order(StringComparer.Ordinal));

    [Fact]
    public void Both_languages_have_room_for_the_same_values()
    {
        object[] marks = [.. Enumerable.Range(0, 6).Select(i => (object)$"[{i}]")];
        Assert.All(Phrases.Keys("en"), key => Assert.Equal((key, ValuesIn("en", key, marks)), (key, ValuesIn("ru", key, marks))));
    }

    [Fact]
    public void Every_reason_has_words() =>
        Assert.All(Phrases.Languages, language => Assert.All(Reasons.All, reason => Assert.NotEmpty(Phrases.Plain(language, "reason." + reason))));

    private static string ValuesIn(string language, string key, object[] marks) =>
        string.Concat(Mark().Matches(Phrases.Plain(language, key, marks)).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\[\d\]")]
    private static partial Regex Mark();
}
