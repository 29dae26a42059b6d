using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Xunit;
using static Support.Tests.Readers.WordFile;

namespace Support.Tests.Readers;

public sealed class WordTests
{
    [Fact]
    public async Task Headings_are_found_by_style_outline_and_title()
    {
        var page = await Read.Page("a.docx", With(
            Paragraph("Returns", "a3"), Paragraph("Contents....1", "11"), Paragraph("Goods", "1"), Paragraph("Text."), Paragraph("How", "Заголовок2"), Paragraph("Press.")));

        Assert.Equal(("Returns", "H1 Returns\nH2 Goods\nP Text.\nH3 How\nP Press."), (page.Title, page.Outline()));
    }

    [Fact]
    public async Task Lists_keep_their_order_and_depth()
    {
        var page = await Read.Page("a.docx", With(
            Paragraph("Do:"), Paragraph("one", list: 1), Paragraph("inner", list: 1, level: 1), Paragraph("two", list: 1), Paragraph("dot", list: 2), Paragraph("End.")));

        Assert.Equal("P Do:\nOL one⏎   • inner | two\nUL dot\nP End.", page.Outline());
    }

    [Fact]
    public async Task Tables_are_read_with_merged_cells_filled()
    {
        var table = Table(["City", "Price"], ["Kazan", "350"], ["", "99"]);
        table.Elements<TableRow>().Last().Elements<TableCell>().First().PrependChild(new TableCellProperties(new VerticalMerge()));

        Assert.Equal("T City,Price : Kazan,350 ; Kazan,99", (await Read.Page("a.docx", With(table))).Outline());
    }

    [Fact]
    public async Task What_a_person_sees_is_read_and_what_was_deleted_is_not()
    {
        var page = await Read.Page("a.docx", With(new Paragraph(
            Run("See "), new Hyperlink(Run("the rules")), new Run(new FieldCode(" HYPERLINK x ")), new DeletedRun(new Run(new DeletedText("old"))), new InsertedRun(Run(" new")),
            new Run(new Break()), Run("line"))));

        Assert.Equal("P See the rules new⏎line", page.Outline());
    }

    [Fact]
    public async Task A_zip_bomb_is_refused_by_what_it_really_unpacks_to()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("word/document.xml", CompressionLevel.Optimal).Open();
            for (var megabyte = 0; megabyte < 64; megabyte++)
                entry.Write(new byte[1024 * 1024]);
        }
        var bomb = stream.ToArray();
        // The header may say what it likes.
        foreach (var at in Enumerable.Range(0, bomb.Length - 4).Where(at => BitConverter.ToInt32(bomb, at) == 64 * 1024 * 1024))
            BitConverter.TryWriteBytes(bomb.AsSpan(at), 100);

        Assert.StartsWith("bomb.docx is ", await Read.Refusal("bomb.docx", bomb), StringComparison.Ordinal);
        Assert.Contains("unpacks to more than 150 times its size", await Read.Refusal("bomb.docx", stream.ToArray()), StringComparison.Ordinal);
        Assert.Contains("unpacks to more than 1 MB", await Read.Refusal("bomb.docx", stream.ToArray(), limits => limits.UnpackedBytes = 1024 * 1024), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_nested_beyond_reason_is_refused()
    {
        OpenXmlElement inner = Paragraph("deep");
        for (var level = 0; level < 150; level++)
            inner = new SdtBlock(new SdtContentBlock(inner));

        Assert.StartsWith("deep.docx is broken", await Read.Refusal("deep.docx", With(inner)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_document_is_refused()
    {
        var bytes = With(Paragraph("Text."));

        Assert.StartsWith("cut.docx is not a Word document: it starts like a broken ZIP archive", await Read.Refusal("cut.docx", bytes[..(bytes.Length / 2)]), StringComparison.Ordinal);
    }
}
