using System.Text.Json;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class TextRulesTests : SimulationTest
{
    private Task<Answer> SendHtmlAsync(string text) => Bot.CallAsync("sendMessage", new { chat_id = Ann, text, parse_mode = "HTML" });

    [Theory]
    [InlineData("<b>bold</b> &lt;&amp;&gt; &#1044;&quot;", "bold <&> Д\"", "bold 0+4")]
    [InlineData("a<strong>b</strong><i>c</i><em>d</em>", "abcd", "bold 1+1, italic 2+1, italic 3+1")]
    [InlineData("<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>", "abcde", "underline 0+1, underline 1+1, strikethrough 2+1, strikethrough 3+1, strikethrough 4+1")]
    [InlineData("<tg-spoiler>a</tg-spoiler><span class=\"tg-spoiler\">b</span>", "ab", "spoiler 0+1, spoiler 1+1")]
    [InlineData("<b>a<i>b</i></b>", "ab", "bold 0+2, italic 1+1")]
    [InlineData("<pre><code class=\"language-cs\">x</code></pre>", "x", "pre 0+1 cs")]
    [InlineData("<code>a &lt; b</code>", "a < b", "code 0+5")]
    [InlineData("<blockquote>q</blockquote> <blockquote expandable>r</blockquote>", "q r", "blockquote 0+1, expandable_blockquote 2+1")]
    [InlineData("<a href=\"https://example.com/a?b=1&amp;c=2\">link</a>", "link", "text_link 0+4 https://example.com/a?b=1&c=2")]
    [InlineData("<a href='tg://user?id=1001'>Ann</a>", "Ann", "text_mention 0+3")]
    [InlineData("😀 <b>x</b>", "😀 x", "bold 3+1")]
    [InlineData("&nbsp;&unknown;", "&nbsp;&unknown;", "")]
    [InlineData("  <b>a</b>  ", "a", "bold 0+1")]
    [InlineData("<b>  a </b>  ", "  a", "bold 0+3")]
    [InlineData("/start@support_sim_bot @alice_support https://example.com/x.", "/start@support_sim_bot @alice_support https://example.com/x.", "bot_command 0+22, mention 23+14, url 38+21")]
    public async Task Html_becomes_text_and_entities(string html, string text, string entities)
    {
        var message = (await SendHtmlAsync(html)).Result;

        Assert.Equal(text, message.GetProperty("text").GetString());
        Assert.Equal(entities, Describe(message));
    }

    [Theory]
    [InlineData("<b>x", "Can't find end tag corresponding to start tag \"b\"")]
    [InlineData("д <p>x</p>", "Unsupported start tag \"p\" at byte offset 3")]
    [InlineData("<b>x</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"")]
    [InlineData("x</b>", "Unexpected end tag at byte offset 1")]
    [InlineData("a < b", "Unsupported start tag \"\" at byte offset 2")]
    [InlineData("<b", "Unclosed start tag at byte offset 0")]
    [InlineData("<a href=\"x", "Unclosed start tag \"a\" at byte offset 0")]
    [InlineData("<b>x</b", "Unclosed end tag at byte offset 4")]
    [InlineData("<span class=\"red\">x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0")]
    public async Task Html_with_a_flaw_is_refused(string html, string flaw) =>
        Assert.Equal("400 Bad Request: can't parse entities: " + flaw, (await SendHtmlAsync(html)).Refusal);

    [Fact]
    public async Task The_limit_of_4096_counts_units_after_the_tags_are_gone()
    {
        Assert.True((await SendHtmlAsync($"<b>{new string('a', 4096)}</b>")).Ok);
        Assert.Equal("400 Bad Request: message is too long", (await SendHtmlAsync(new string('a', 4097))).Refusal);
        Assert.Equal("400 Bad Request: message is too long", (await SendHtmlAsync(string.Concat(Enumerable.Repeat("😀", 2049)))).Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("<b></b>")]
    public async Task A_text_of_nothing_is_refused(string text) =>
        Assert.Equal("400 Bad Request: message text is empty", (await SendHtmlAsync(text)).Refusal);

    [Fact]
    public async Task A_caption_has_at_most_1024_units()
    {
        Assert.True((await Bot.SendFileAsync("sendDocument", "document", [1], "a.txt", ("chat_id", "1001"), ("caption", new string('a', 1024)))).Ok);
        Assert.Equal(
            "400 Bad Request: message caption is too long",
            (await Bot.SendFileAsync("sendDocument", "document", [1], "a.txt", ("chat_id", "1001"), ("caption", new string('a', 1025)))).Refusal);
    }

    [Fact]
    public async Task Without_a_parse_mode_tags_are_text() =>
        Assert.Equal("<b>x</b>", (await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "<b>x</b>" })).Result.GetProperty("text").GetString());

    private static string Describe(JsonElement message) => !message.TryGetProperty("entities", out var entities) ? "" : string.Join(", ", entities.EnumerateArray().Select(entity =>
        $"{entity.GetProperty("type").GetString()} {entity.GetProperty("offset")}+{entity.GetProperty("length")}"
        + (entity.TryGetProperty("url", out var url) ? $" {url}" : "")
        + (entity.TryGetProperty("language", out var language) ? $" {language}" : "")));
}
