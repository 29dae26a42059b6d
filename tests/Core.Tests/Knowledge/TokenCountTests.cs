using Support.Knowledge;
using Xunit;

namespace Support.Tests.Knowledge;

public sealed class TokenCountTests
{
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("   \n", 0, 0)]
    [InlineData("You can return the goods within fourteen days of receiving them", 11, 16)]
    [InlineData("Вы можете вернуть товар в течение четырнадцати дней после получения", 18, 24)]
    [InlineData("14 000 ₽", 3, 5)]
    [InlineData("退货政策", 4, 4)]
    [InlineData("------------------------------", 1, 10)]
    public void Texts_have_about_as_many_tokens_as_models_see(string text, int least, int most) =>
        Assert.InRange(TokenCount.Estimate(text), least, most);

    [Fact]
    public void A_word_in_a_long_text_costs_what_it_costs_alone() =>
        Assert.Equal(1000 * TokenCount.Estimate("word"), TokenCount.Estimate(string.Join(' ', Enumerable.Repeat("word", 1000))));
}
