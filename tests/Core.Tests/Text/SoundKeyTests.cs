using Support.Text;

namespace Support.Tests.Text;

/// <summary>Names as people write them by ear.</summary>
public sealed class SoundKeyTests
{
    [Theory]
    [InlineData("youtube", "ютуб")]
    [InlineData("iphone", "айфон")]
    [InlineData("whatsapp", "вотсап")]
    [InlineData("whatsapp", "ватсап")]
    [InlineData("facebook", "фейсбук")]
    [InlineData("windows", "виндовс")]
    [InlineData("python", "питон")]
    [InlineData("python", "пайтон")]
    [InlineData("excel", "эксель")]
    [InlineData("visa", "виза")]
    [InlineData("wildberries", "вайлдберриз")]
    [InlineData("chrome", "хром")]
    [InlineData("marketplace", "маркетплейс")]
    [InlineData("jupyter", "джупитер")]
    [InlineData("openstack", "опенстек")]
    public void Names_that_sound_alike_have_the_same_consonants(string latin, string cyrillic) =>
        Assert.Equal(SoundKey.Consonants(SoundKey.Of(latin)), SoundKey.Consonants(SoundKey.Of(cyrillic)));

    [Theory]
    [InlineData("google", "гугл", "gugl")]
    [InlineData("docker", "докер", "doker")]
    [InlineData("youtube", "ютуб", "iutub")]
    public void Some_are_alike_to_the_letter(string latin, string cyrillic, string key)
    {
        Assert.Equal(key, SoundKey.Of(latin));
        Assert.Equal(key, SoundKey.Of(cyrillic));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x5")]
    [InlineData("вк2")]
    [InlineData("мiкс")]
    [InlineData("日本")]
    public void Only_words_of_one_alphabet_have_a_sound(string word) => Assert.Equal("", SoundKey.Of(word));
}
