using Support.Generation.Grounding;
using Xunit;

namespace Support.Tests.Generation.Grounding;

public sealed class AnswerSentencesTests
{
    [Theory]
    [InlineData("Раз [1]. Два [2].", "Раз.|1;Два.|2")]
    [InlineData("Раз. [1] Два. [2]", "Раз.|1;Два.|2")]
    [InlineData("Раз. Два [1, 2].", "Раз.|1,2;Два.|1,2")]
    [InlineData("Раз [1][3]. Два.", "Раз.|1,3;Два.|1,3")]
    [InlineData("Сделайте так:\n1. Откройте [1]\n2. Нажмите [2]\n- Готово", "Сделайте так:|9;Откройте|1;Нажмите|2;Готово|9")]
    [InlineData("Без ссылок.", "Без ссылок.|9")]
    [InlineData("[1]", "")]
    [InlineData("", "")]
    public void Each_sentence_has_its_citations(string answer, string expected)
    {
        var sentences = AnswerSentences.Split(answer, [9]);
        Assert.Equal(expected, string.Join(';', sentences.Select(sentence => $"{sentence.Text}|{string.Join(',', sentence.Citations)}")));
    }

    [Fact]
    public void A_sentence_knows_its_place()
    {
        const string Answer = "Раз [1].\n- Два. [2] Три.";
        Assert.Equal(["Раз [1].", "- Два. [2]", "Три."], AnswerSentences.Split(Answer, []).Select(sentence => Answer[sentence.Place].Trim()));
    }

    [Theory]
    [InlineData("Как вернуть товар?", "You can return an item within 14 days.", true)]
    [InlineData("How do I return an item?", "Товар можно вернуть в течение 14 дней.", true)]
    [InlineData("Как вернуть товар?", "Товар можно вернуть в течение 14 дней.", false)]
    [InlineData("Как настроить VPN?", "OpenVPN", false)]
    [InlineData("123", "Товар можно вернуть.", false)]
    [InlineData("Как вернуть товар?", "您可以在十四天内退货,无需收据,联系客服即可办理退货", true)]
    public void An_answer_is_in_the_questions_language(string question, string answer, bool wrong) => Assert.Equal(wrong, AnswerLanguage.IsWrong(question, answer));
}
