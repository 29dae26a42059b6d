using System.Text;
using System.Text.RegularExpressions;
using Support.Conversations;
using Xunit;

namespace Support.Tests.Conversations;

public sealed partial class MessageSplitterTests
{
    [Fact]
    public void A_short_text_stays_as_it_is() => Assert.Equal(["<b>Hi</b>\n\nthere"], MessageSplitter.Split("<b>Hi</b>\n\nthere"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void A_text_without_words_is_no_message(string html) => Assert.Empty(MessageSplitter.Split(html));

    [Fact]
    public void Tags_and_entities_do_not_count_as_they_are_written()
    {
        var html = string.Concat(Enumerable.Repeat("<b>&amp;</b>", MessageSplitter.Limit));

        Assert.Equal([html], MessageSplitter.Split(html));
        Assert.Equal(2, MessageSplitter.Split(html + "x").Count);
    }

    [Theory]
    [InlineData("one two. three\nfour five\n\nsix seven eight", 34, new[] { "one two. three\nfour five", "six seven eight" })]
    [InlineData("one two. three\nfour five six seven", 24, new[] { "one two. three", "four five six seven" })]
    [InlineData("one two. three four five", 14, new[] { "one two.", "three four", "five" })]
    [InlineData("one two three", 9, new[] { "one two", "three" })]
    [InlineData("abcdefghij", 4, new[] { "abcd", "efgh", "ij" })]
    public void It_cuts_after_a_paragraph_else_a_line_a_sentence_a_word(string html, int limit, string[] parts) =>
        Assert.Equal(parts, MessageSplitter.Split(html, limit));

    [Fact]
    public void A_paragraph_near_the_start_does_not_leave_a_stump_of_a_message() =>
        Assert.Equal(["a\n\nbb cc dd ee ff gg", "hh ii"], MessageSplitter.Split("a\n\nbb cc dd ee ff gg hh ii", 22));

    [Fact]
    public void A_tag_open_at_the_cut_is_closed_and_opened_again_with_its_attributes() =>
        Assert.Equal(
            ["<a href=\"https://example.com/?a=1&amp;b=2\"><b>one two</b></a>", "<a href=\"https://example.com/?a=1&amp;b=2\"><b>three</b></a>"],
            MessageSplitter.Split("<a href=\"https://example.com/?a=1&amp;b=2\"><b>one two three</b></a>", 9));

    [Fact]
    public void A_tag_that_ends_at_the_cut_leaves_no_empty_pair_behind() =>
        Assert.Equal(["<b>one two</b>", "three"], MessageSplitter.Split("<b>one two</b> three", 9));

    [Fact]
    public void Indentation_inside_pre_survives_a_cut() =>
        Assert.Equal(["<pre>if (a)</pre>", "<pre>    b();</pre>"], MessageSplitter.Split("<pre>if (a)\n    b();</pre>", 12));

    [Fact]
    public void Whatever_the_text_parts_fit_are_whole_and_lose_nothing_but_white_space()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var html = RandomHtml(random);
            var limit = random.Next(4, 60);

            var parts = MessageSplitter.Split(html, limit);

            Assert.All(parts, part =>
            {
                Assert.InRange(PlainText.LengthOf(part), 1, limit);
                Assert.False(char.IsLowSurrogate(part[0]) || char.IsHighSurrogate(part[^1]), $"seed {seed}: half a character");
                AssertBalanced(part, seed);
            });
            Assert.Equal(Words(PlainText.FromHtml(html)), Words(string.Concat(parts.Select(PlainText.FromHtml))));
            Assert.Equal(Marked(html), string.Concat(parts.Select(Marked)));
        }
    }

    private static string RandomHtml(Random random)
    {
        string[] pieces = ["слово", "a", "word", "😀", "&amp;", "&lt;", "&#x1F600;", " ", " ", " ", ". ", "\n", "\n\n", "! "];
        string[] tags = ["b", "i", "u", "s", "code", "blockquote"];
        var html = new StringBuilder();
        var open = new Stack<string>();
        for (var i = random.Next(5, 120); i > 0; i--)
        {
            var choice = random.Next(10);
            if (choice == 0 && open.Count < 4)
            {
                open.Push(tags[random.Next(tags.Length)]);
                html.Append('<').Append(open.Peek()).Append('>');
            }
            else if (choice == 1 && open.Count > 0)
            {
                html.Append("</").Append(open.Pop()).Append('>');
            }
            else
            {
                html.Append(pieces[random.Next(pieces.Length)]);
            }
        }

        while (open.TryPop(out var tag))
            html.Append("</").Append(tag).Append('>');
        return html.ToString();
    }

    private static void AssertBalanced(string part, int seed)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(part))
            if (tag.Groups["close"].Success)
                Assert.True(open.TryPop(out var name) && name == tag.Groups["name"].Value, $"seed {seed}: </{tag.Groups["name"].Value}> closes nothing");
            else
                open.Push(tag.Groups["name"].Value);
        Assert.True(open.Count == 0, $"seed {seed}: a tag is left open");
    }

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>Every visible character with the tags it stands in.</summary>
    private static string Marked(string html)
    {
        var marked = new StringBuilder();
        var open = new Stack<string>();
        var at = 0;
        while (at < html.Length)
        {
            if (Tag().Match(html, at) is { Success: true } tag && tag.Index == at)
            {
                if (tag.Groups["close"].Success)
                    open.Pop();
                else
                    open.Push(tag.Groups["name"].Value);
                at += tag.Length;
                continue;
            }

            if (!char.IsWhiteSpace(html[at]))
                marked.Append(html[at]).Append('[').AppendJoin(',', open).Append(']');
            at++;
        }

        return marked.ToString();
    }

    [GeneratedRegex("<(?<close>/)?(?<name>[a-z]+)[^>]*>")]
    private static partial Regex Tag();
}
