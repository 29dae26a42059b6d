using Support.Generation.Writing;

namespace Support.Tests.Generation.Writing;

public sealed class SettledAnswerTests
{
    [Theory]
    [InlineData("Вернуть товар можно за 14 дней [1].", "")]
    [InlineData("Вернуть товар можно за 14 дней [1]. Ден", "Вернуть товар можно за 14 дней [1].")]
    [InlineData("It takes 7 days. [1", "")]
    [InlineData("It takes 7 days. [1] [2", "")]
    [InlineData("It takes 7 days. [1] Then it is", "It takes 7 days. [1]")]
    [InlineData("It takes 7 days. Then it is paid [2]. The", "It takes 7 days. Then it is paid [2].")]
    [InlineData("- Open the app [1]\n- Pre", "- Open the app [1]")]
    [InlineData("It costs 3", "")]
    [InlineData("No sentence cites. None at all. Not one", "")]
    [InlineData("", "")]
    public void A_sentence_is_settled_when_the_next_one_has_begun_and_it_has_its_citation(string soFar, string settled) =>
        Assert.Equal(settled, SettledAnswer.Of(soFar));

    [Fact]
    public void What_is_settled_once_stays_so()
    {
        const string Answer = "Вернуть товар можно в течение 14 дней с чеком [1][2]. Деньги приходят за 3.5 дня. [1] 1. Откройте раздел «Заказы» [2]\n2. Нажмите «Вернуть» [2, 3]!\nГотово [1].";
        var before = "";
        for (var length = 0; length <= Answer.Length; length++)
        {
            var settled = SettledAnswer.Of(Answer[..length]);
            Assert.StartsWith(before, settled, StringComparison.Ordinal);
            Assert.StartsWith(settled, Answer, StringComparison.Ordinal);
            before = settled;
        }
        Assert.EndsWith("[2, 3]!", before, StringComparison.Ordinal);
    }
}
