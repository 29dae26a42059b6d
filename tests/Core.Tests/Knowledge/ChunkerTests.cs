using Support.Knowledge;
using Xunit;

namespace Support.Tests.Knowledge;

public sealed class ChunkerTests
{
    private static readonly ChunkOptions Options = new();

    [Fact]
    public void A_section_is_a_chunk_whose_title_is_the_path_of_its_headings()
    {
        var chunks = Cut(Page("Returns", new Block.Paragraph("Intro."), new Block.Heading(2, "Goods"), new Block.Heading(3, "How to"), new Block.Paragraph("Press it."), new Block.Heading(2, "Money"), new Block.Paragraph("Soon.")));

        Assert.Equal([("Returns", "Intro."), ("Returns / Goods / How to", "Press it."), ("Returns / Money", "Soon.")], chunks.Select(chunk => (chunk.Title, chunk.Text)));
        Assert.Equal([0, 1, 2], chunks.Select(chunk => chunk.Ordinal));
    }

    [Fact]
    public void A_heading_that_repeats_the_title_of_its_document_is_not_said_again()
    {
        var chunks = Cut(Page("Returns", new Block.Heading(1, "Returns"), new Block.Paragraph("Intro."), new Block.Heading(2, "Goods"), new Block.Paragraph("Press it.")));

        Assert.Equal(["Returns", "Returns / Goods"], chunks.Select(chunk => chunk.Title));
    }

    [Fact]
    public void A_heading_with_nothing_under_it_is_text_of_the_section_above()
    {
        var chunks = Cut(Page("Contacts", new Block.Heading(2, "Call 8 800"), new Block.Heading(2, "Write to us"), new Block.Heading(2, "Hours"), new Block.Paragraph("9 to 21.")));

        Assert.Equal([("Contacts", "Call 8 800\n\nWrite to us"), ("Contacts / Hours", "9 to 21.")], chunks.Select(chunk => (chunk.Title, chunk.Text)));
    }

    [Fact]
    public void A_question_is_the_title_of_its_answer()
    {
        var chunk = Assert.Single(Cut(Page("FAQ", new Block.Heading(1, "FAQ"), new Block.QuestionAndAnswer("Is it free?", "Yes."))));

        Assert.Equal(("Is it free?", "Yes.", "FAQ"), (chunk.Title, chunk.Text, chunk.Source));
    }

    [Fact]
    public void A_long_answer_is_cut_and_every_part_keeps_the_question()
    {
        var chunks = Cut(Page("FAQ", new Block.QuestionAndAnswer("Why?", Prose(120))));

        Assert.True(chunks.Count > 1);
        Assert.All(chunks, chunk => Assert.Equal("Why?", chunk.Title));
    }

    [Fact]
    public void A_record_that_fits_stays_one_chunk_with_its_headings_as_lines()
    {
        var record = new ReadDocument("17", "Prices", null, [new Block.Heading(1, "Prices"), new Block.Paragraph("All."), new Block.Heading(2, "Kazan"), new Block.Paragraph("350.")]);

        var chunk = Assert.Single(Cut(record));
        Assert.Equal(("17", "Prices", "All.\n\nKazan\n\n350."), (chunk.Record, chunk.Title, chunk.Text));
    }

    [Fact]
    public void Only_a_paragraph_that_had_to_be_split_overlaps()
    {
        var chunks = Cut(Page("Long", new Block.Paragraph(Prose(120))));

        Assert.True(chunks.Count > 1);
        Assert.All(chunks.Zip(chunks.Skip(1)), pair =>
        {
            var said = Sentences.Split(pair.First.Text).Select(range => pair.First.Text[range]).ToList();
            var again = Sentences.Split(pair.Second.Text).Select(range => pair.Second.Text[range]).TakeWhile(said.Contains).ToList();
            Assert.InRange(again.Count, 1, 2);
            Assert.InRange(TokenCount.Estimate(string.Join(' ', again)), 1, Options.OverlapTokens);
        });

        var paragraphs = Cut(Page("Many", [.. Enumerable.Range(0, 12).Select(n => new Block.Paragraph($"Number {n}. " + Prose(6)))]));
        Assert.Equal(12, paragraphs.Sum(chunk => chunk.Text.Split("Number ").Length - 1));
    }

    [Fact]
    public void A_large_table_is_cut_between_rows_and_says_its_header_again()
    {
        var rows = Enumerable.Range(0, 80).Select(n => (IReadOnlyList<string>)[$"City {n}", $"{n} days", $"{n}00 roubles"]).ToArray();
        var chunks = Cut(Page("Delivery", new Block.Table(["City", "Days", "Price"], rows)));

        Assert.True(chunks.Count > 1);
        Assert.All(chunks, chunk => Assert.StartsWith("City | Days | Price\nCity ", chunk.Text, StringComparison.Ordinal));
        Assert.Equal(rows.Select(row => string.Join(" | ", row)), chunks.SelectMany(chunk => chunk.Text.Split('\n').Skip(1)));
    }

    [Fact]
    public void Steps_and_tables_that_fit_a_chunk_are_never_cut()
    {
        var steps = new Block.Steps([.. Enumerable.Range(0, 20).Select(n => $"Press the button number {n} and wait.")], Numbered: true);
        var chunks = Cut(Page("Long", new Block.Paragraph(Prose(20)), new Block.Paragraph("Do this:"), steps, new Block.Paragraph(Prose(20))));

        var whole = Assert.Single(chunks, chunk => chunk.Text.Contains("1. Press", StringComparison.Ordinal));
        Assert.Contains("Do this:\n" + BlockText.Render(steps), whole.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_steps_are_cut_between_items_and_keep_their_numbers()
    {
        var chunks = Cut(Page("Long", new Block.Steps([.. Enumerable.Range(1, 100).Select(n => $"Press the button number {n} and wait.")], Numbered: true)));

        var lines = chunks.SelectMany(chunk => chunk.Text.Split('\n')).ToList();
        Assert.Equal(100, lines.Count);
        Assert.Equal("57. Press the button number 57 and wait.", lines[56]);
    }

    [Fact]
    public void Code_is_cut_between_lines_and_keeps_its_indentation()
    {
        var code = string.Join('\n', Enumerable.Range(0, 200).Select(n => $"    set value{n} = {n};"));
        var chunks = Cut(Page("Code", new Block.Code(code)));

        Assert.True(chunks.Count > 1);
        Assert.Equal(code, string.Join('\n', chunks.Select(chunk => chunk.Text)));
    }

    [Fact]
    public void A_table_of_two_columns_reads_like_a_list_of_terms()
    {
        var chunk = Assert.Single(Cut(Page("Data", new Block.Table(["Property", "Value"], [["Weight", "3.6 kg"], ["Colour", ""]]))));

        Assert.Equal("Property: Value\nWeight: 3.6 kg\nColour | —", chunk.Text);
    }

    [Fact]
    public void The_hash_changes_with_everything_but_the_place()
    {
        var document = new ReadDocument("k", "T", "https://a.example/", [new Block.Paragraph("x")]);
        var hashes = new[]
        {
            document,
            document with { Key = "l" },
            document with { Title = "U" },
            document with { Link = null },
            document with { Link = "" },
            document with { Blocks = [new Block.Paragraph("y")] },
            document with { Key = "kT", Title = "" },
        }.Select(each => Convert.ToHexString(Assert.Single(Cut(each)).Hash)).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        var moved = Chunker.Cut([document with { Key = "first" }, document], Options)[1];
        Assert.Equal((1, hashes[0]), (moved.Ordinal, Convert.ToHexString(moved.Hash)));
    }

    [Fact]
    public void A_page_without_text_has_no_chunks() =>
        Assert.Empty(Cut(Page("Nothing", new Block.Heading(1, "Nothing"), new Block.Paragraph(" "), new Block.Table([], []))));

    private static IReadOnlyList<ChunkDraft> Cut(ReadDocument document) => Chunker.Cut([document], Options);

    private static ReadDocument Page(string title, params Block[] blocks) => new("", title, null, blocks);

    private static string Prose(int sentences) => string.Join(' ', Enumerable.Range(0, sentences).Select(n => $"Sentence {n} tells the customer something useful."));
}
