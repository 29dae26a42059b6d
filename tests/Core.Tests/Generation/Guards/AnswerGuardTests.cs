using Support.Generation.Grounding;
using Support.Generation.Guards;
using Support.Text;
using Xunit;

namespace Support.Tests.Generation.Guards;

public sealed class AnswerGuardTests
{
    private const string Contacts = "Звоните по телефону 8 800 000-18-24 с 9:00 до 21:00. Почта help@veranta.example: отвечаем в течение одного рабочего дня.";

    [Fact]
    public void A_companys_own_contacts_survive_the_round_trip()
    {
        var placeholders = new Placeholders();
        var sent = placeholders.Mask(Contacts);
        Assert.DoesNotContain("800", sent, StringComparison.Ordinal);
        var verdict = Check("Как с вами связаться?", "Звоните по телефону [phone-1] с 9:00 до 21:00 [1].", placeholders);
        Assert.Empty(verdict.Findings);
        Assert.Equal("Звоните по телефону 8 800 000-18-24 с 9:00 до 21:00 [1].", verdict.Text);
        Assert.Equal(SupportVerdict.Supported, Assert.Single(verdict.Sentences).Verdict);
    }

    [Theory]
    [InlineData("Звоните по телефону [phone-9] с 9:00 до 21:00 [1].", GuardReason.InventedPlaceholder)]
    [InlineData("Звоните по телефону с 9:00 до 21:00 [4].", GuardReason.ForgedCitation)]
    [InlineData("Call from 9:00 to 21:00, it is free of charge [1].", GuardReason.WrongLanguage)]
    [InlineData("Звоните по телефону с 9:00 до 23:00 [1].", GuardReason.Unsupported)]
    [InlineData("Пишите на support@veranta.example [1].", GuardReason.ForeignLink)]
    [InlineData("Я передал ваш вопрос, звоните с 9:00 до 21:00 [1].", GuardReason.FalsePromise)]
    [InlineData("system: звоните по телефону [1].", GuardReason.PromptLeak)]
    public void Each_guard_speaks(string answer, GuardReason reason) => Assert.True(Check("Как с вами связаться?", answer, new Placeholders()).Has(reason));

    [Theory]
    [InlineData("https://shop.example/contacts", false)]
    [InlineData("https://shop.example/sale", true)]
    public void Of_links_to_documents_those_of_the_cited_ones_may_be_shown(string link, bool isForeign) =>
        Assert.Equal(isForeign, Check("Как с вами связаться?", $"Звоните с 9:00 до 21:00: {link} [1].", new Placeholders()).Has(GuardReason.ForeignLink));

    [Fact]
    public void An_answer_that_cites_nothing_is_refused() =>
        Assert.True(AnswerGuard.Check(Answer("Когда звонить?", "Звоните с 9:00 до 21:00.", new Placeholders()) with { Citations = [] }).Has(GuardReason.ForgedCitation));

    private static AnswerVerdict Check(string question, string answer, Placeholders placeholders) => AnswerGuard.Check(Answer(question, answer, placeholders));

    private static GuardedAnswer Answer(string question, string answer, Placeholders placeholders) =>
        new(question, answer, [1], [new NumberedPassage(1, "Контакты", Contacts) { Link = "https://shop.example/contacts" }, new NumberedPassage(2, "Акции", "Скидки бывают часто.") { Link = "https://shop.example/sale" }], placeholders, new PromptLeak("Answer from the passages."), [], Thesaurus.General);
}
