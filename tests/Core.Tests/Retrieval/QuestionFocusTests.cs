using Support.Knowledge;
using Support.Retrieval;
using Support.Text;

namespace Support.Tests.Retrieval;

/// <summary>In a long message the words that ask count most.</summary>
public sealed class QuestionFocusTests
{
    private const string Around =
        "Здравствуйте! Меня зовут Ирина, я давно ваш клиент, покупала диван и два кресла, курьер был вежливый, гарантия на диван есть. {0} Спасибо заранее, хорошего дня вам и вашему курьеру.";

    [Fact]
    public void The_sentence_that_asks_is_what_is_looked_for()
    {
        var index = new TenantIndex();
        index.Apply(
        [
            Chunk(1, "Курьер", "Курьер привозит диван и кресла, гарантия на диван год, клиент принимает товар."),
            Chunk(2, "Возврат денег", "Деньги за заказ возвращаем на карту за десять дней."),
        ], []);

        Assert.Equal(2, index.Search(Around.Replace("{0}", "Когда вернутся деньги на карту за заказ?", StringComparison.Ordinal), Audience.Customers).Passages[0].ChunkId);
    }

    [Fact]
    public void Words_beside_the_question_count_a_quarter_and_more_when_it_says_nothing_itself()
    {
        Assert.Equal(.25, Least(Around.Replace("{0}", "Когда вернутся деньги на карту за заказ?", StringComparison.Ordinal)));
        Assert.Equal(.6, Least(Around.Replace("{0}", "Что мне делать?", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Когда вернутся деньги? Заказ отменен.")]
    [InlineData("один два три четыре пять шесть семь восемь девять десять один два три четыре пять шесть семь восемь девять десять один два три четыре пять шесть семь восемь девять десять")]
    [InlineData("")]
    public void A_short_message_and_one_without_a_question_are_taken_whole(string message) =>
        Assert.Null(QuestionFocus.Of(message, Tokenizer.Tokens(message)));

    [Fact]
    public void A_message_that_was_read_as_other_words_is_taken_whole()
    {
        var message = Around.Replace("{0}", "Когда вернутся деньги на карту за заказ?", StringComparison.Ordinal);
        Assert.Null(QuestionFocus.Of(message, Tokenizer.Tokens(message)[1..]));
    }

    private static double Least(string message) => QuestionFocus.Of(message, Tokenizer.Tokens(message))!.Min();

    private static IndexedChunk Chunk(long id, string title, string text) => new(id, id, 1, Audience.Customers, "Магазин", null, title, text);
}
