using Support.Knowledge;
using Xunit;

namespace Support.Tests.Knowledge;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("One. Two! Three? Four", "One.|Two!|Three?|Four")]
    [InlineData("Он ушёл… Она осталась. «Да!» Нет.", "Он ушёл…|Она осталась.|«Да!»|Нет.")]
    [InlineData("Заберите на ул. Садовой, д. 12, т. е. в центре. Работаем.", "Заберите на ул. Садовой, д. 12, т. е. в центре.|Работаем.")]
    [InlineData("Стоит 5 тыс. руб. Цена в рублях.", "Стоит 5 тыс. руб. Цена в рублях.")]
    [InlineData("Ask Mr. Smith, e.g. by phone. He knows.", "Ask Mr. Smith, e.g. by phone.|He knows.")]
    [InlineData("Писатель А. С. Пушкин жил. Он умер.", "Писатель А. С. Пушкин жил.|Он умер.")]
    [InlineData("Version 2.4 is out. Get it.", "Version 2.4 is out.|Get it.")]
    [InlineData("1. Open the box.\n2. Press Start.", "1. Open the box.|2. Press Start.")]
    [InlineData("first line\nsecond line", "first line|second line")]
    [InlineData("それは何ですか。知りません。", "それは何ですか。|知りません。")]
    [InlineData("  \n ", "")]
    public void Text_ends_sentences_where_a_person_would(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Sentences.Split(text).Select(range => text[range])));
}
