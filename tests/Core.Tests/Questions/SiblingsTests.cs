using Support.Conversations;
using Support.Knowledge;
using Support.Questions;
using Support.Retrieval;

namespace Support.Tests.Questions;

public sealed class SiblingsTests
{
    [Fact]
    public void Parts_of_one_page_count_once_and_three_are_enough() =>
        Assert.Equal([1L, 3, 4], Of(("Returns", 1), ("returns.", .99), ("Refunds", .95), ("Gift cards", .9), ("Delivery", .85)));

    [Fact]
    public void What_is_further_away_is_no_sibling()
    {
        Assert.Equal([1L, 2], Of(("Returns", 2), ("Refunds", .81), ("Gift cards", .79)));
        Assert.Empty(Siblings.ToChooseFrom(Found(.9, ("Returns", 2), ("Refunds", .79)), isSure: false));
        Assert.Empty(Siblings.ToChooseFrom(Found(.9, ("Returns", 2), ("Refunds", 1.69)), isSure: true));
    }

    [Fact]
    public void Where_most_of_what_is_asked_is_unknown_nothing_is_offered_unless_the_passage_has_half_of_it()
    {
        Retrieved Asking(double coverage, double known)
        {
            var found = Found(coverage, ("Returns", 2), ("Refunds", 1.9));
            return found with { Features = new Dictionary<string, double>(found.Features) { ["known"] = known } };
        }
        Assert.Empty(Siblings.ToChooseFrom(Asking(.4, .44), isSure: false));
        Assert.Equal(2, Siblings.ToChooseFrom(Asking(.4, .46), isSure: false).Count);
        Assert.Equal(2, Siblings.ToChooseFrom(Asking(.5, .5), isSure: false).Count);
    }

    [Fact]
    public void Whoever_writes_the_first_title_word_for_word_is_not_asked_again()
    {
        var found = Found(1, ("How long does delivery take?", 1), ("How long does delivery take to the islands?", .99)) with { Read = ["how", "long", "does", "delivery", "take"] };

        Assert.Empty(Siblings.ToChooseFrom(found, isSure: true));
        Assert.Equal(2, Siblings.ToChooseFrom(found with { Read = ["how", "long", "is", "delivery"] }, isSure: true).Count);
        Assert.Equal(2, Siblings.ToChooseFrom(found, isSure: false).Count);
        Assert.Empty(Siblings.ToChooseFrom(
            found with { Passages = [found.Passages[0] with { Title = "Delivery / How long does delivery take?" }, found.Passages[1]] }, isSure: true));
    }

    [Fact]
    public void What_is_for_staff_is_left_out_whatever_the_search_has_let_through() =>
        Assert.Equal([1L, 3], Siblings.Of([Passage(1, "Returns", 1), Passage(2, "Refund limits", .99) with { Audience = Audience.Staff }, Passage(3, "Refunds", .98)]).Select(p => p.ChunkId));

    [Fact]
    public void Headings_that_all_of_them_stand_under_are_left_out()
    {
        Assert.Equal(["Instalments", "Receipts / Copies"], Siblings.TitlesOf(Passages([("Payment / Instalments", 1), ("Payment / Receipts / Copies", 1)])));
        Assert.Equal(["Payment", "Payment / Receipts"], Siblings.TitlesOf(Passages([("Payment", 1), ("Payment / Receipts", 1)])));
        Assert.Equal(["Payment / Instalments", "Returns / Receipts"], Siblings.TitlesOf(Passages([("Payment / Instalments", 1), ("Returns / Receipts", 1)])));
    }

    [Fact]
    public void A_passage_without_a_title_is_called_by_its_first_words_and_else_by_its_source()
    {
        Assert.Equal("Bring it with the receipt to any shop…", Siblings.TitleOf(" ", "Bring it with the receipt to any shop; the money comes back", "faq.txt"));
        Assert.Equal("faq.txt", Siblings.TitleOf("", "", "faq.txt"));
        Assert.Equal([1L, 2], Siblings.Of([Passage(1, "", 1) with { Text = "One." }, Passage(2, "", .9) with { Text = "Two." }, Passage(3, "", .9) with { Text = "Two." }]).Select(p => p.ChunkId));
    }

    [Fact]
    public void Long_titles_are_numbered_on_the_buttons_and_whole_in_the_text()
    {
        var same = new string('x', 30) + " " + new string('y', 30) + " & ";
        var message = ChoiceMessage.Build("en", [same + "first", same + "second"], long.MaxValue, null, null);

        var buttons = message.Keyboard!.Rows.Select(row => row.Single()).ToList();
        Assert.All(buttons, button => Assert.InRange(button.Text.Length, 1, ChoiceMessage.LongestButton));
        Assert.All(buttons, button => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(button.Data!), 1, 64));
        Assert.StartsWith("1. xxx", buttons[0].Text, StringComparison.Ordinal);
        Assert.NotEqual(buttons[0].Text, buttons[1].Text);
        Assert.Contains("\n2. " + Html.Escape(same + "second"), message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void However_long_titles_are_the_offer_is_one_message()
    {
        var title = string.Concat(Enumerable.Repeat("<&> ", 2000));
        Assert.InRange(ChoiceMessage.Build("ru", [title, title + "2", title + "3"], 1, null, null).Html.Length, 1, 8000);
        Assert.InRange(PlainText.FromHtml(ChoiceMessage.Build("ru", [title, title + "2", title + "3"], 1, null, null).Html).Length, 1, 4096);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("2.", 1)]
    [InlineData("3-й вариант", 2)]
    [InlineData("второе", 1)]
    [InlineData("I mean the second one", 1)]
    [InlineData("number one", 0)]
    [InlineData("4", null)]
    [InlineData("None of these", ShownPassages.NoneOfThese)]
    [InlineData("ни один из них", ShownPassages.NoneOfThese)]
    [InlineData("this one", null)]
    [InlineData("the", null)]
    [InlineData("Возврат денег", 1)]
    [InlineData("про товар", 0)]
    [InlineData("возврат", null)]
    [InlineData("возврат билета", null)]
    [InlineData("a second lamp came broken", null)]
    [InlineData("как", null)]
    [InlineData("", null)]
    public void A_choice_in_words_is_a_number_or_the_words_of_one_title(string message, int? expected) =>
        Assert.Equal(expected, TypedChoice.Of(message, ["Возврат товара", "Возврат денег", "Как отменить заказ"]));

    private static IEnumerable<long> Of(params (string, double)[] found) => Siblings.Of(Passages(found)).Select(passage => passage.ChunkId);

    private static Retrieved Found(double coverage, params (string, double)[] found) => new(Passages(found), .5, new Dictionary<string, double> { ["coverage"] = coverage }, 2, 10);

    private static List<Passage> Passages((string Title, double Score)[] found) => [.. found.Select((one, i) => Passage(i + 1, one.Title, one.Score))];

    private static Passage Passage(long id, string title, double score) => new(id, id, 1, Audience.Customers, "guide.md", null, title, "Text.", score);
}
