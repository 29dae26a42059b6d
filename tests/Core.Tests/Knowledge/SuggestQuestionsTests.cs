using Support.Knowledge;
using Support.Retrieval;

namespace Support.Tests.Knowledge;

public sealed class SuggestQuestionsTests
{
    private static long _last;

    [Theory]
    [InlineData("FAQ", "How can I pay?", "How can I pay?")]
    [InlineData("FAQ", "I was charged twice", "I was charged twice")]
    [InlineData("Вопросы", "Не приходит код из СМС", "Не приходит код из СМС")]
    [InlineData("Returns", "Returns / How long can I return an item?", "How long can I return an item?")]
    [InlineData("Returns", "Returns / What cannot be returned", "What cannot be returned?")]
    [InlineData("Возврат", "Возврат / Как вернуть товар.", "Как вернуть товар?")]
    public void A_title_that_asks_is_the_question(string source, string title, string question) =>
        Assert.Equal([question], Of(Chunk(source, title, "The first of the month, and not before.")).Select(s => s.Question));

    [Fact]
    public void To_another_heading_the_rarest_words_of_a_sentence_are_put()
    {
        var questions = Of(
            Chunk("Delivery", "Delivery / Prices", "The courier brings it in the city. Bulky goods cost more."),
            Chunk("Delivery", "Delivery / Times", "The courier brings it in three days. The courier brings it in the city."),
            Chunk("Delivery", "Delivery / Points", "The courier brings it in the city, and a parcel locker stands in the city."));

        Assert.Equal("Prices: bulky goods cost?", questions[0].Question);
        Assert.Equal("Points: parcel locker stands?", questions[2].Question);
    }

    [Fact]
    public void The_words_are_a_run_of_the_text_that_crosses_no_punctuation_and_repeat_no_heading()
    {
        const string text = "Гарантия действует 24 месяца; чек не нужен, но сохраните серийный номер прибора.";
        var question = Assert.Single(Of(Chunk("Магазин", "Магазин / Гарантия", text))).Question;

        Assert.StartsWith("Гарантия: ", question, StringComparison.Ordinal);
        var words = question["Гарантия: ".Length..^1];
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.DoesNotContain(';', words);
        Assert.DoesNotContain(',', words);
        Assert.DoesNotContain("арантия", words, StringComparison.Ordinal);
        Assert.True(words.Split(' ').Length is >= 2 and <= 6, words);
    }

    [Fact]
    public void Each_question_knows_its_chunk_and_none_is_asked_twice()
    {
        var (one, two) = (Chunk("FAQ", "Do you have shops?", "No."), Chunk("FAQ", "Do you have shops?", "None at all."));
        var suggested = Assert.Single(Of(one, two));
        Assert.Same(one, suggested.Chunk);
    }

    [Theory]
    [InlineData("Prices", "Prices", "")]
    [InlineData("Prices", "Prices", "300 ₽ | 500 ₽")]
    [InlineData("Prices", "", "of the and")]
    public void Where_no_words_say_anything_nothing_is_asked(string source, string title, string text) => Assert.Empty(Of(Chunk(source, title, text)));

    private static IReadOnlyList<SuggestedQuestion> Of(params IndexedChunk[] chunks) => SuggestQuestions.Of(chunks);

    private static IndexedChunk Chunk(string source, string title, string text) => new(++_last, 1, 1, Audience.Customers, source, null, title, text);
}
