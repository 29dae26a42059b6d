using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class PackedTextTests
{
    [Fact]
    public void Every_character_comes_back_half_surrogates_included()
    {
        var all = new string(Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).ToArray());
        Assert.Equal(all, PackedText.Of(all).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("How to pay — «Ещё раз», № 5…\r\n")]
    public void Russian_and_English_take_a_byte_a_character(string text)
    {
        Assert.Equal(text.Length, PackedText.Of(text).Size);
        Assert.Equal(text, PackedText.Of(text).ToString());
    }
}
