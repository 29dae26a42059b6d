using Support.Knowledge;
using Support.Retrieval;

namespace Support.Tests.Retrieval;

/// <summary>A name in the other alphabet is found, as a variant and as a repair.</summary>
public sealed class SoundAlikeTests
{
    [Theory]
    [InlineData("как подключить ютуб", 1)]
    [InlineData("не работает ютуба приложение", 1)]
    [InlineData("оплата айфоном", 2)]
    [InlineData("чехол для iphone", 2)]
    public void Names_are_found_in_either_alphabet(string question, long expected)
    {
        var index = new TenantIndex();
        index.Apply(
        [
            Chunk(1, "YouTube на телевизоре", "Приложение YouTube есть в меню."),
            Chunk(2, "Айфон", "Чехлы и зарядки, оплата по QR."),
            Chunk(3, "Доставка", "Подключить курьера можно в кабинете, работает ежедневно."),
            Chunk(4, "Клуб", "Карта клуба и скидки, оплата картой."),
        ], []);
        Assert.Equal(expected, index.Search(question, Audience.Customers).Passages[0].ChunkId);
    }

    [Fact]
    public void Of_words_that_sound_alike_the_nearest_count_and_short_ones_must_agree_in_full()
    {
        var lexicon = new Lexicon();
        foreach (var word in (string[])["viber", "weber", "mac", "mock", "youtube"])
            lexicon.CountWord(lexicon.Add(word), 1);

        Assert.Equal(["viber"], lexicon.SoundingLike("вибер").Select(lexicon.TextOf));
        Assert.Equal(["mac"], lexicon.SoundingLike("мак").Select(lexicon.TextOf));
        Assert.Empty(lexicon.SoundingLike("мука"));
        Assert.Empty(lexicon.SoundingLike("youtube"));
        Assert.Empty(lexicon.SoundingLike("да"));
    }

    [Fact]
    public void What_is_removed_sounds_like_nothing()
    {
        var lexicon = new Lexicon();
        var id = lexicon.Add("youtube");
        lexicon.CountWord(id, 1);
        lexicon.CountWord(id, -1);
        Assert.Empty(lexicon.SoundingLike("ютуб"));
    }

    private static IndexedChunk Chunk(long id, string title, string text) => new(id, id, 1, Audience.Customers, "Магазин", null, title, text);
}
