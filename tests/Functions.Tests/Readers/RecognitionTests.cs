using System.IO.Compression;
using System.Text;
using Xunit;

namespace Support.Tests.Readers;

public sealed class RecognitionTests
{
    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "report.pdf", Zip(("a.txt", "x")), "report.pdf is not a PDF: it starts like a ZIP archive; unpack it" },
        { "report.pdf", Encoding.UTF8.GetBytes("Dear all"), "report.pdf is not a PDF: it starts like plain text" },
        { "report.docx", "%PDF-1.7\n"u8.ToArray(), "report.docx is not a Word document: it starts like a PDF; give it the right extension" },
        { "report.docx", Zip(("xl/workbook.xml", "x")), "report.docx is not a Word document: it starts like an Excel workbook; save each sheet as .csv" },
        { "prices.xlsx", Zip(("xl/workbook.xml", "x")), "prices.xlsx is an Excel workbook, which is not read: save each sheet as .csv" },
        { "notes.md", Encoding.UTF8.GetBytes("<!DOCTYPE html><p>x"), "notes.md is not Markdown: it starts like an HTML page" },
        { "page.html", Encoding.UTF8.GetBytes("no tags here"), "page.html is not an HTML page: it has no tags" },
        { "photo.txt", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "photo.txt is not plain text: it starts like a PNG picture" },
        { "data.bin", [1, 2, 3, 0, 255, 254, 7], "data.bin is not a text in UTF-8, UTF-16 or windows-1251, nor another kind we read; we read Markdown (.md)" },
        { "old.doc", [.. Ole, .. Encoding.Unicode.GetBytes("WordDocument")], "old.doc is a Word document of the old kind (.doc): save it as .docx" },
        { "secret.docx", [.. Ole, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "secret.docx is encrypted: take the password off" },
        { "empty.md", [], "empty.md is empty: it has no bytes" },
        { "zeros.txt", new byte[5_000], "zeros.txt is empty: it holds only zero bytes" },
        { "blank.txt", "  \n\n "u8.ToArray(), "blank.txt is empty: it holds only white space" },
        { "bad.exe", "MZ123"u8.ToArray(), "bad.exe ends in .exe, which is no document" },
        { "rulers.md", "---\n\n***\n"u8.ToArray(), "rulers.md has no text that can be read" },
    };

    private static byte[] Ole => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    [Theory, MemberData(nameof(Refused))]
    public async Task A_file_that_is_not_what_it_says_is_refused_by_name_with_the_reason(string name, byte[] bytes, string reason) =>
        Assert.StartsWith(reason, await Read.Refusal("some/folder/" + name, bytes), StringComparison.Ordinal);

    [Theory]
    [InlineData("README", "# Title\ntext")]
    [InlineData("page", "<!doctype html><p>text</p>")]
    [InlineData("export.dat", "{\"id\":\"1\",\"text\":\"text\"}")]
    [InlineData("notes.md", "{\"looks\": \"like JSON\"} text")]
    [InlineData("readme.txt", "%PDF- is how a PDF starts, text")]
    public async Task Content_says_what_a_file_is_when_its_name_does_not(string name, string content) =>
        Assert.Contains("text", (await Read.Page(name, content.Replace("%PDF-", " %PDF-", StringComparison.Ordinal))).Outline(), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_above_the_limit_is_refused_with_its_size_and_without_being_read()
    {
        Assert.Equal(
            "big.md is too large: 2 MB, at most 1 MB are read; split it, or take the pictures out",
            await Read.Refusal("big.md", new byte[2 * 1024 * 1024], limits => limits.FileBytes = 1024 * 1024));

        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "huge.pdf");
        await using (var sparse = File.Create(path))
            sparse.SetLength(500L * 1024 * 1024);
        var reading = await Read.Reader().ReadFileAsync(path, TestContext.Current.CancellationToken);
        Assert.StartsWith("huge.pdf is too large: 500 MB", Assert.IsType<Knowledge.Reading.Refused>(reading).Reason, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_by_name() =>
        Assert.StartsWith("gone.md cannot be opened: ", Assert.IsType<Knowledge.Reading.Refused>(await Read.Reader().ReadFileAsync("/no/such/gone.md", TestContext.Current.CancellationToken)).Reason, StringComparison.Ordinal);

    [Fact]
    public async Task Text_above_the_limit_is_cut_and_that_is_said()
    {
        var reading = Assert.IsType<Knowledge.Reading.Complete>(await Read.File("long.md", string.Join("\n\n", Enumerable.Repeat(new string('x', 500), 10)), limits => limits.Characters = 2_000));

        Assert.Equal(4, Assert.Single(reading.Documents).Blocks.Count);
        Assert.Equal(["everything after the first 2000 characters: split the file"], reading.Skipped);
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }
}
