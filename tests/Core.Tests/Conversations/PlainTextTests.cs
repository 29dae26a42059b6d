using Support.Conversations;
using Xunit;

namespace Support.Tests.Conversations;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("a <b>bold</b> word", "a bold word")]
    [InlineData("1 &lt; 2 &amp;&amp; 3 &gt; 2, &quot;so&quot;", "1 < 2 && 3 > 2, \"so\"")]
    [InlineData("<a href=\"https://example.com/?a=1&amp;b=>\">here</a>", "here")]
    [InlineData("&#65;&#x42;&#x1F600;", "AB😀")]
    [InlineData("<pre><code class=\"language-cs\">if (a &lt; b)</code></pre>", "if (a < b)")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("5 < 6 & 7 > 3, &nbsp; &unknown; &#999999999; <", "5 < 6 & 7 > 3, &nbsp; &unknown; &#999999999; <")]
    [InlineData("", "")]
    public void Tags_go_entities_become_characters_and_all_else_stays(string html, string text) =>
        Assert.Equal(text, PlainText.FromHtml(html));

    [Theory]
    [InlineData("<>&\"' ordinary текст 😀")]
    [InlineData("&amp; already")]
    public void What_was_escaped_comes_back_as_it_was(string text) =>
        Assert.Equal(text, PlainText.FromHtml(Html.Escape(text)));

    [Theory]
    [InlineData("<b>&amp;</b>", 1)]
    [InlineData("😀", 2)]
    [InlineData("&#x1F600;", 2)]
    [InlineData("привет", 6)]
    public void Length_is_what_telegram_counts(string html, int units) => Assert.Equal(units, PlainText.LengthOf(html));
}
