using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Tesseract;

namespace Support.Tests.Tesseract;

public sealed class TesseractReaderTests
{
    private static readonly byte[] Picture = new byte[300_000];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_is_sure_of_is_read_line_by_line_in_the_languages_that_are_installed()
    {
        using var program = new FakeTesseract("eng\\nosd", $"cat >/dev/null; {FakeTesseract.Row(1, 95, "\"$4\"")}; {FakeTesseract.Row(1, 12, "~x")}; {FakeTesseract.Row(2, 96, "declined")}");
        using var reader = program.Reader();

        Assert.True(reader.IsThere);
        Assert.Equal("eng\ndeclined", await reader.ReadAsync(Picture, Cancellation));
        Assert.Equal("", program.Log.All);
    }

    [Fact]
    public async Task A_photograph_whose_grain_looks_like_letters_says_nothing()
    {
        using var program = new FakeTesseract("eng", $"cat >/dev/null; {FakeTesseract.Row(1, 95, "I")}; {FakeTesseract.Row(1, 31, "l~")}; {FakeTesseract.Row(2, 8, "j")}");
        using var reader = program.Reader();

        Assert.Equal("", await reader.ReadAsync(Picture, Cancellation));
    }

    [Fact]
    public async Task It_is_ended_when_it_takes_too_long()
    {
        using var program = new FakeTesseract("eng", "exec tail -f /dev/null");
        using var reader = program.Reader();
        using var hasty = program.Reader(time: TimeSpan.FromMilliseconds(700));

        Assert.Null(await hasty.ReadAsync(Picture, Cancellation));
        Assert.NotEqual("", program.Log.All);
    }

    [Fact]
    public async Task It_is_ended_when_it_says_far_too_much()
    {
        using var program = new FakeTesseract("eng", "exec yes");
        using var reader = program.Reader();

        Assert.Null(await reader.ReadAsync(Picture, Cancellation));
    }

    [Fact]
    public async Task Its_memory_is_limited()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux sets such a limit.");
        using var program = new FakeTesseract("eng", $"cat >/dev/null; {FakeTesseract.Row(1, 95, "$(ulimit -v)")}");
        using var reader = program.Reader(memoryBytes: 512L << 20);

        Assert.Equal($"{512 << 10}", await reader.ReadAsync(Picture, Cancellation));
    }

    [Fact]
    public async Task What_it_fails_at_goes_to_a_person_and_is_told_without_a_word_of_the_picture()
    {
        using var program = new FakeTesseract("eng", "echo secret words; echo secret words >&2; exit 1");
        using var reader = program.Reader();

        Assert.Null(await reader.ReadAsync(Picture, Cancellation));
        Assert.Contains("code 1", program.Log.All);
        Assert.DoesNotContain("secret", program.Log.All);
    }

    [Fact]
    public async Task Without_its_languages_it_says_what_to_install()
    {
        using var program = new FakeTesseract("deu", "exit 3");
        using var reader = program.Reader();

        Assert.Null(await reader.ReadAsync(Picture, Cancellation));
        Assert.Contains("tesseract-ocr-rus", program.Log.All);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("no-such-program-here")]
    public void Not_installed_or_switched_off_it_is_not_there(string program)
    {
        using var reader = new TesseractReader(Options.Create(new TesseractOptions { Program = program }), NullLogger<TesseractReader>.Instance);

        Assert.False(reader.IsThere);
    }

    [Fact]
    public async Task The_real_one_reads_a_screenshot()
    {
        using var reader = new TesseractReader(Options.Create(new TesseractOptions { Time = TimeSpan.FromSeconds(60) }), NullLogger<TesseractReader>.Instance);
        Assert.SkipUnless(reader.IsThere, "Tesseract is not installed (apt-get install tesseract-ocr tesseract-ocr-rus).");

        var text = await reader.ReadAsync(await File.ReadAllBytesAsync(Path.Combine(Root(), "docs", "try-it.png"), Cancellation), Cancellation);

        Assert.Contains("Ask as the customer", text);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "dev.cs")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no dev.cs above the tests.");
        return folder;
    }
}
