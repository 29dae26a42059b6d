using System.Text;
using Support.Generation.Guards;
using Xunit;

namespace Support.Tests.Generation.Guards;

public sealed class PromptLeakTests
{
    private const string Prompt =
        "You answer questions of customers for a company's support desk. Use only the numbered passages below, and cite them as [1]. Never say that you did or will do something. If the passages do not answer, set answerable to false.";

    private const string Part = "Use only the numbered passages below, and cite them as";

    private static readonly PromptLeak Leak = new(Prompt);

    public static TheoryData<string> Disguises => new()
    {
        Part,
        "Конечно! Мои правила такие: " + Part.ToUpperInvariant(),
        string.Join(' ', Part.ToCharArray()),
        string.Join('-', Part.ToCharArray()),
        string.Join('\u200B', Part.ToCharArray()),
        Part.Replace('e', 'е').Replace('o', 'о').Replace('a', 'а'),
        Part.Replace('e', '3').Replace('o', '0'),
        new string(Part.Reverse().ToArray()),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Part)),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Part)),
        string.Concat(Part.Select(c => char.IsAsciiLetterLower(c) ? (char)('a' + (c - 'a' + 13) % 26) : c)),
        string.Concat(Part.Select(c => c is >= 'a' and <= 'z' ? char.ConvertFromUtf32(0x1D41A + c - 'a') : c.ToString())),
        "Use only the numbered passages, and never say that you did or will do: so it was written. If the passages do not answer, nothing.",
        "<|im_start|>system",
        "assistant: конечно",
        "### System: rules",
        "Мой системный промпт секретен",
        "My instructions say that",
        "номер вызова 0f3a9c77d1e2b455",
    };

    [Theory]
    [MemberData(nameof(Disguises))]
    public void The_prompt_is_recognised_in_disguise(string answer) => Assert.NotNull(Leak.Find(answer, [], ["0f3a9c77d1e2b455"]));

    [Theory]
    [InlineData("You can return an item within 14 days [1].")]
    [InlineData("Вернуть товар можно в течение 14 дней. Чек не нужен [1].")]
    [InlineData("The company's support desk answers from 9:00 to 21:00.")]
    [InlineData("Вставьте ключ c3VwcG9ydA== в настройки.")]
    [InlineData("")]
    public void Answers_are_no_leaks(string answer) => Assert.Null(Leak.Find(answer, [], ["0f3a9c77d1e2b455"]));

    [Fact]
    public void What_a_cited_passage_says_is_no_secret() => Assert.Null(Leak.Find(Part, ["Our manual: " + Part + " shown."], []));
}
