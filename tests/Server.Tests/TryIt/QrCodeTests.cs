using System.Text;
using Xunit;

namespace Support.Tests.TryIt;

[Collection(nameof(Browser))]
public sealed class QrCodeTests(Browser browser)
{
    [Fact]
    public async Task Error_correction_is_that_of_the_published_example()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);

        // "HELLO WORLD", version 1, level M: https://www.thonky.com/qr-code-tutorial/error-correction-coding
        var codewords = await window.Page.EvaluateAsync<int[]>(
            "async () => (await import('/qr.js')).errorCorrection([32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17], 10)");

        Assert.Equal([196, 35, 39, 119, 235, 215, 231, 226, 93, 23], codewords);
    }

    [Fact]
    public async Task Format_and_version_bits_are_those_of_the_standards_tables()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);

        var format = await window.Page.EvaluateAsync<int[]>("async () => { const { formatBits } = await import('/qr.js'); return [0, 1, 2, 3, 4, 5, 6, 7].map(formatBits); }");
        var version = await window.Page.EvaluateAsync<int[]>("async () => { const { versionBits } = await import('/qr.js'); return [7, 8, 9, 10].map(versionBits); }");

        Assert.Equal(
            [0b101010000010010, 0b101000100100101, 0b101111001111100, 0b101101101001011, 0b100010111111001, 0b100000011001110, 0b100111110010111, 0b100101010100000],
            format);
        Assert.Equal([0x07C94, 0x085BC, 0x09A99, 0x0A4D3], version);
    }

    [Fact]
    public async Task A_code_reads_as_the_text_it_was_made_from_in_the_smallest_version_that_holds_it()
    {
        // Bytes in version 1, 2, … at level M.
        int[] longest = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213];
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        foreach (var (index, bytes) in longest.Index())
        {
            foreach (var text in new[] { Text(index == 0 ? 1 : longest[index - 1] + 1), Text(bytes) })
            {
                var rows = await window.Page.EvaluateAsync<string[]>("async text => (await import('/qr.js')).qrMatrix(text).map(row => row.map(Number).join(''))", text);

                Assert.Equal(21 + 4 * index, rows.Length);
                Assert.Equal(text, QrReading.Read(rows));
            }
        }
    }

    [Fact]
    public async Task A_text_that_does_not_fit_is_refused()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);

        var words = await window.Page.EvaluateAsync<string>("async text => { try { (await import('/qr.js')).qrMatrix(text); return ''; } catch (e) { return e.message; } }", Text(214));

        Assert.Contains("214 bytes are too many", words, StringComparison.Ordinal);
    }

    // Letters of one and of two bytes.
    private static string Text(int bytes)
    {
        var text = new StringBuilder();
        for (var left = bytes; left > 0;)
        {
            var letter = left % 3 == 0 && left >= 2 ? (char)('а' + left % 32) : (char)('!' + left % 90);
            text.Append(letter);
            left -= letter > 127 ? 2 : 1;
        }

        return text.ToString();
    }
}
