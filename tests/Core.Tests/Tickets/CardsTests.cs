using System.Text.RegularExpressions;
using Support.Conversations;
using Support.Questions;
using Support.Tickets;
using Xunit;

namespace Support.Tests.Tickets;

public sealed partial class CardsTests
{
    [Fact]
    public void A_card_says_who_asks_what_why_and_what_was_found()
    {
        var card = Cards.Render(View("en") with
        {
            Passages =
            [
                new TicketPassage("returns.md", "https://acme.example/returns?a=1&b=2", "Returns", "Within 14 days.", 8.0, ForStaff: false),
                new TicketPassage("internal.md", null, "Refunds", "Ask Olga.", 6.0, ForStaff: true),
            ],
            Earlier = [new EarlierTicket { Number = 5, State = "closed" }],
        });

        Assert.Equal(
            """
            🟠 <b>No. 12</b> · Анна · ru · not sure enough
            Earlier: No. 5 (closed)

            <blockquote>How do I return it?</blockquote>
            ✍️ Draft, made from documents for staff too – read it before sending:
            <blockquote>Within two weeks.</blockquote>
            📚 Found:
            <blockquote expandable>1. <b>Returns</b> · <a href="https://acme.example/returns?a=1&amp;b=2">returns.md</a>
            Within 14 days.

            2. <b>Refunds</b> · internal.md [staff]
            Ask Olga.</blockquote>
            ↩️ Reply to answer the customer.
            """.ReplaceLineEndings("\n"),
            card.Html);
    }

    [Fact]
    public void Without_a_draft_there_is_nothing_to_send()
    {
        var card = Cards.Render(View("en") with { Draft = null });

        Assert.Equal(["t:3:take", "t:3:close"], card.Buttons!.Rows.SelectMany(r => r).Select(b => b.Data));
        Assert.DoesNotContain("Draft", card.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    public void Every_reason_and_state_has_words(string language)
    {
        foreach (var reason in Reasons.All)
            foreach (var state in new[] { "open", "taken", "closed" })
                Assert.NotEmpty(Cards.Render(View(language) with { Reason = reason, State = state, Earlier = [new EarlierTicket { Number = 1, State = state }] }).Html);
    }

    [Fact]
    public void However_long_or_hostile_a_card_is_whole_html_within_the_limit()
    {
        var random = new Random(20260302);
        for (var i = 0; i < 2000; i++)
        {
            var card = Cards.Render(new CardView(
                random.NextInt64(), random.Next(), Pick("open", "taken", "closed"), Pick("en", "ru"), Hostile(300), Pick("en", "ru", "<x>"), Pick([.. Reasons.All]),
                Hostile(6000), random.Next(3) == 0 ? null : Hostile(6000), random.Next(2) == 0,
                [.. Enumerable.Range(0, random.Next(12)).Select(_ => new TicketPassage(Hostile(400), random.Next(2) == 0 ? null : "https://x/" + Hostile(600), Hostile(400), Hostile(3000), random.NextDouble() * 20 - 5, random.Next(2) == 0))],
                [.. Enumerable.Range(0, random.Next(4)).Select(n => new EarlierTicket { Number = n, State = "closed" })],
                Hostile(200), Hostile(200))
            {
                Tried = random.Next(2) == 0 ? null : Html.Escape(new string('"', 40)),
            });

            Assert.InRange(card.Html.Length, 1, Cards.Longest);
            AssertWellFormed(card.Html);
            foreach (var button in card.Buttons?.Rows.SelectMany(r => r) ?? [])
                Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(button.Data!), 1, 64);
        }

        T Pick<T>(params T[] of) => of[random.Next(of.Length)];

        string Hostile(int length)
        {
            string[] pieces = ["<b>", "</blockquote>", "&", "&amp;", "\"", "'>", "😀", "👩‍👩‍👧", "слово ", "word ", "\n\n", "{0}", "<a href=\"x\">", new string('x', 50), new string('"', 40)];
            var text = new System.Text.StringBuilder();
            for (var target = random.Next(length); text.Length < target;)
                text.Append(Pick(pieces));
            return text.ToString();
        }
    }

    /// <summary>Tags closed in order, nothing but the desk's own tags, every &amp; an entity, no half characters.</summary>
    private static void AssertWellFormed(string html)
    {
        var open = new Stack<string>();
        var rest = Tag().Replace(html, tag =>
        {
            if (tag.Groups["end"].Success)
                Assert.Equal(open.Pop(), tag.Groups["name"].Value);
            else
                open.Push(tag.Groups["name"].Value);
            return "";
        });
        Assert.Empty(open);
        Assert.DoesNotContain('<', rest);
        Assert.DoesNotContain('>', rest);
        Assert.DoesNotContain('&', Entity().Replace(rest, ""));
        Assert.DoesNotMatch(LoneSurrogate(), html);
    }

    [GeneratedRegex("<(?<end>/)?(?<name>b|i|blockquote|a)(?: expandable| href=\"[^\"<>]*\")?>")]
    private static partial Regex Tag();

    [GeneratedRegex("&(amp|lt|gt|quot);")]
    private static partial Regex Entity();

    [GeneratedRegex("[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex LoneSurrogate();

    private static CardView View(string language) =>
        new(3, 12, "open", language, "Анна", "ru", Reasons.LowConfidence, "How do I return it?", "Within two weeks.", DraftSent: false, [], [], TakerName: null, CloserName: null);
}
