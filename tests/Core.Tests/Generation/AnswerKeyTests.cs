using Support.Generation.Caching;
using Xunit;

namespace Support.Tests.Generation;

/// <summary>Which questions are given the same kept answer. One that is found for another question is worse than one that is written twice.</summary>
public sealed class AnswerKeyTests
{
    [Theory]
    [InlineData("ru", "Как вернуть товар?", "как вернуть товар")] // case and marks
    [InlineData("ru", "Как вернуть товар?", "Как вернуть товары")] // another form
    [InlineData("ru", "Сколько стоит доставка заказа?", "Сколько стоит доставка заказов?")]
    [InlineData("ru", "Как вернуть товар?", "Здравствуйте! Подскажите, пожалуйста, как вернуть товар?")] // courtesy
    [InlineData("ru", "Как вернуть товар?", "А как же вернуть товар?")] // particles
    [InlineData("ru", "Можно ли вернуть товар?", "Можно вернуть товар?")]
    [InlineData("ru", "Как вернуть всё?", "Как вернуть все?")] // ё as е
    [InlineData("en", "How do I return an item?", "how do i return the items")] // articles, another form
    [InlineData("en", "How do I return an item?", "Hello, how do I return an item, please?")]
    [InlineData("en", "How do I return a damaged parcel?", "How do I return damaged parcels?")]
    public void Another_wording_of_the_same_question_shares_its_key(string language, string one, string other) =>
        Assert.Equal(AnswerKey.Of(one, language), AnswerKey.Of(other, language));

    [Theory]
    [InlineData("ru", "Как вернуть товар?", "Как не вернуть товар?")] // the opposite
    [InlineData("ru", "Можно вернуть товар с чеком?", "Можно вернуть товар без чека?")]
    [InlineData("ru", "Можно ли вернуть товар?", "Нельзя ли вернуть товар?")]
    [InlineData("ru", "Перевести деньги с карты", "Перевести деньги на карту")] // prepositions
    [InlineData("ru", "Доставка до Москвы", "Доставка из Москвы")]
    [InlineData("ru", "Оплата до доставки", "Оплата после доставки")]
    [InlineData("ru", "Вы можете мне позвонить?", "Я могу вам позвонить?")] // who does it to whom
    [InlineData("ru", "Где мой заказ?", "Где ваш заказ?")]
    [InlineData("ru", "Вернут ли деньги за 10 дней?", "Вернут ли деньги за 14 дней?")] // numbers
    [InlineData("ru", "Когда вернуть товар?", "Как вернуть товар?")] // words of asking
    [InlineData("ru", "Только картой можно оплатить?", "Можно оплатить картой?")] // a bound
    [InlineData("ru", "Карту привязать к счёту", "Счёт привязать к карте")] // the order
    [InlineData("en", "How do I return an item?", "How do I not return an item?")]
    [InlineData("en", "Can I pay with a card?", "Can I pay without a card?")]
    [InlineData("en", "Transfer money from a card", "Transfer money to a card")]
    [InlineData("en", "Delivery before payment", "Delivery after payment")]
    [InlineData("en", "Can I call you?", "Can you call me?")]
    [InlineData("en", "Where is my order?", "Where is your order?")]
    [InlineData("en", "Is a refund made within 10 days?", "Is a refund made within 14 days?")]
    [InlineData("en", "Can I return it?", "Must I return it?")] // modals
    [InlineData("en", "Is delivery free?", "Is delivery only free on weekdays?")]
    public void Another_question_has_another_key(string language, string one, string other) =>
        Assert.NotEqual(AnswerKey.Of(one, language), AnswerKey.Of(other, language));

    [Fact]
    public void The_answers_language_is_part_of_the_key() => Assert.NotEqual(AnswerKey.Of("iPhone 15", "ru"), AnswerKey.Of("iPhone 15", "en"));

    [Theory]
    [InlineData("")]
    [InlineData("?!")]
    [InlineData("Здравствуйте, пожалуйста!")]
    [InlineData("Hello, please")]
    public void What_asks_nothing_is_not_kept(string question) => Assert.Null(AnswerKey.Of(question, "ru"));

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void What_is_too_long_to_be_asked_again_is_not_kept(int words, bool isKept) =>
        Assert.Equal(isKept, AnswerKey.Of(string.Join(' ', Enumerable.Repeat("товар", words)), "ru") is not null);
}
