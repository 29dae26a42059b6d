using Support.Confidence;
using Support.Knowledge;
using Support.Retrieval;
using Xunit;

namespace Support.Tests.Confidence;

public sealed class ConfidenceTests
{
    private static readonly IndexedChunk[] Shop =
    [
        Chunk(1, "Как вернуть товар?", "Верните товар в магазин или через пункт выдачи в течение 14 дней."),
        Chunk(2, "Как оплатить заказ?", "Картой на сайте, переводом или наличными курьеру."),
        Chunk(3, "Сколько стоит доставка?", "Доставка по городу стоит 300 рублей, от 5 000 рублей бесплатно."),
        Chunk(4, "Гарантия", "На технику действует гарантия производителя, обычно 12 месяцев."),
        Chunk(5, "Контакты", "Пишите на почту или звоните с 9 до 18."),
    ];

    [Fact]
    public void A_question_that_is_answered_word_for_word_has_more_confidence_than_one_that_is_not()
    {
        var index = IndexOf(Shop);
        var answered = index.Search("Сколько стоит доставка по городу?", Audience.Customers).Confidence;
        var near = index.Search("Сколько стоит установка стиральной машины?", Audience.Customers).Confidence;
        var foreign = index.Search("Какая завтра погода в Антарктиде?", Audience.Customers).Confidence;
        Assert.InRange(answered, ConfidenceOptions.DefaultThreshold, 1);
        Assert.InRange(near, 0, ConfidenceOptions.DefaultThreshold);
        Assert.InRange(foreign, 0, ConfidenceOptions.DefaultThreshold);
    }

    [Fact]
    public void Confidence_falls_when_the_answer_is_taken_out()
    {
        var index = IndexOf(Shop);
        const string question = "как вернуть товар";
        var before = index.Search(question, Audience.Customers).Confidence;
        index.Apply([], [1]);
        Assert.True(index.Search(question, Audience.Customers).Confidence < before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("подскажите пожалуйста")]
    [InlineData("а как же он?")]
    public void A_question_without_content_words_has_none(string question) =>
        Assert.Equal(0, IndexOf(Shop).Search(question, Audience.Customers).Confidence);

    [Fact]
    public void A_passage_without_any_of_the_words_asked_about_is_no_answer()
    {
        // Near by its letters alone, and the best there is.
        var found = IndexOf(Shop).Search("гарантировать", Audience.Customers);
        Assert.Equal(0, found.Features[ConfidenceFeatures.Coverage]);
        Assert.NotEmpty(found.Passages);
        Assert.Equal(0, found.Confidence);
    }

    [Fact]
    public void Every_feature_is_given_by_name()
    {
        var found = IndexOf(Shop).Search("оплата картой", Audience.Customers);
        Assert.Equal(ConfidenceFeatures.Names.Order(), found.Features.Keys.Order());
        Assert.All(found.Features.Values, value => Assert.True(double.IsFinite(value)));
        Assert.InRange(found.Confidence, 0, 1);
    }

    private static TenantIndex IndexOf(IndexedChunk[] chunks)
    {
        var index = new TenantIndex();
        index.Apply(chunks, []);
        return index;
    }

    private static IndexedChunk Chunk(long id, string title, string text) => new(id, id, 1, Audience.Customers, "Магазин", null, title, text);
}
