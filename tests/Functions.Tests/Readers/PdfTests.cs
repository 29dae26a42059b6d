using Xunit;
using static Support.Tests.Readers.PdfFile;

namespace Support.Tests.Readers;

public sealed class PdfTests
{
    [Fact]
    public async Task Headings_are_larger_paragraphs_are_joined_and_steps_are_found()
    {
        NeedsPdfToText();
        var page = await Read.Page("guide.pdf", With(
        [
            new Line(72, 780, 20, "Robot guide"),
            new Line(72, 740, 11, "The robot cleans floors and its deli-"), new Line(72, 726, 11, "very takes two days over Wi-"), new Line(72, 712, 11, "Fi."),
            new Line(72, 670, 14, "Start"),
            new Line(72, 640, 11, "1. Press the button and wait until the"), new Line(86, 626, 11, "light goes on."), new Line(72, 600, 11, "2. Go."),
        ]));

        Assert.Equal("Robot guide", page.Title);
        Assert.Equal("H1 Robot guide\nP The robot cleans floors and its delivery takes two days over Wi-Fi.\nH2 Start\nOL Press the button and wait until the light goes on. | Go.", page.Outline());
    }

    [Fact]
    public async Task Tables_are_found_by_their_columns()
    {
        NeedsPdfToText();
        var page = await Read.Page("prices.pdf", With(
        [
            new Line(72, 780, 11, "These are the prices of delivery."),
            .. Row(740, "City", "Days", "Price"), .. Row(716, "Kazan", "3 to 4", "350"), .. Row(692, "Nizhny Novgorod", "2 to 4", "350"), .. Row(668, "Omsk", "5", "450"),
            new Line(72, 600, 11, "They hold until spring."),
        ]));

        Assert.Equal("P These are the prices of delivery.\nT City,Days,Price : Kazan,3 to 4,350 ; Nizhny Novgorod,2 to 4,350 ; Omsk,5,450\nP They hold until spring.", page.Outline());
    }

    [Fact]
    public async Task Two_columns_of_prose_are_read_one_after_the_other()
    {
        NeedsPdfToText();
        var page = await Read.Page("news.pdf", With([.. Enumerable.Range(0, 12).SelectMany(n => new[]
        {
            new Line(60, 780 - 13 * n, 11, $"the left column has line {n} with words"),
            new Line(320, 780 - 13 * n, 11, $"a right column has row {n} with words"),
        })]));

        var text = page.Outline();
        Assert.True(text.IndexOf("line 11", StringComparison.Ordinal) < text.IndexOf("row 0", StringComparison.Ordinal), text);
        Assert.DoesNotContain("T ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_heads_and_page_numbers_are_dropped()
    {
        NeedsPdfToText();
        var page = await Read.Page("book.pdf", With([.. Enumerable.Range(1, 3).Select(n => new[]
        {
            new Line(72, 815, 9, "The big book"), new Line(72, 700, 11, $"This is what page number {n} says."), new Line(280, 20, 9, $"{n} of 3"),
        })]));

        Assert.Equal("P This is what page number 1 says.\nP This is what page number 2 says.\nP This is what page number 3 says.", page.Outline());
    }

    [Fact]
    public async Task A_scan_is_refused_as_having_no_text_layer()
    {
        NeedsPdfToText();
        Assert.Equal(
            "scan.pdf has no text layer: it is a scan; run OCR first (ocrmypdf, or \"recognise text\" in your PDF program) and send the result",
            await Read.Refusal("scan.pdf", With([], [new Line(280, 20, 9, "2")])));
    }

    [Fact]
    public async Task An_encrypted_file_is_refused_as_such()
    {
        NeedsPdfToText();
        Assert.StartsWith("secret.pdf is encrypted: take the password off", await Read.Refusal("secret.pdf", Encrypted()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_file_is_refused_as_such()
    {
        NeedsPdfToText();
        Assert.StartsWith("broken.pdf is broken: pdftotext ended with code", await Read.Refusal("broken.pdf", "%PDF-1.7\nnothing else"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_pdftotext_the_refusal_says_what_to_install() =>
        Assert.Contains(
            "no-such-program is not installed on this machine; install poppler-utils",
            await Read.Refusal("a.pdf", With([new Line(72, 700, 11, "x")]), limits => limits.PdfProgram = "no-such-program"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_takes_too_long_is_given_up_and_the_program_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell script as the slow program");
        var folder = Directory.CreateTempSubdirectory();
        var program = Path.Combine(folder.FullName, "slow");
        var mark = Path.Combine(folder.FullName, "pid");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho $$ > {mark}\nsleep 600\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var reason = await Read.Refusal("slow.pdf", With([new Line(72, 700, 11, "x")]), limits => (limits.PdfProgram, limits.PdfTime) = (program, TimeSpan.FromSeconds(1)));

        Assert.Equal("slow.pdf cannot be read: it took longer than 1 seconds; print it to a new PDF and send that", reason);
        var pid = await File.ReadAllTextAsync(mark, TestContext.Current.CancellationToken);
        Assert.False(OperatingSystem.IsLinux() && File.Exists($"/proc/{pid.Trim()}/cmdline") && (await File.ReadAllTextAsync($"/proc/{pid.Trim()}/cmdline", TestContext.Current.CancellationToken)).Contains("slow", StringComparison.Ordinal));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Nothing_is_left_in_the_temporary_folder()
    {
        NeedsPdfToText();
        await Read.Refusal("broken.pdf", "%PDF-1.7\nleft behind?");

        Assert.DoesNotContain(
            Directory.EnumerateDirectories(Path.GetTempPath(), "support-pdf-*").SelectMany(Directory.EnumerateFiles),
            file => File.Exists(file) && new FileInfo(file).Length == "%PDF-1.7\nleft behind?".Length);
    }

    private static IEnumerable<Line> Row(double y, params string[] cells) => cells.Select((cell, column) => new Line(72 + 160 * column, y, 11, cell));

    private static void NeedsPdfToText() =>
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "pdftotext"))), "pdftotext (poppler-utils) is not installed");
}
