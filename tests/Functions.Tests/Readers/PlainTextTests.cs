using System.Text;
using Xunit;

namespace Support.Tests.Readers;

public sealed class PlainTextTests
{
    private const string Russian = "Привет, это текст.\n\nВторой абзац: «да» — №5.";

    [Fact]
    public async Task Paragraphs_headings_and_lists_are_found()
    {
        var page = await Read.Page("a.txt", """
            Contacts
            ========

            This is a line that an editor has wrapped somewhere
            and this is its end.
            Short line
            Another line

            Hours
            -----
            - by phone
            - by mail, which takes a little longer than it does
              by phone

            1. one

            2. two

            * * *
            7. seven
            """);

        Assert.Equal("Contacts", page.Title);
        Assert.Equal("""
            H1 Contacts
            P This is a line that an editor has wrapped somewhere and this is its end.⏎Short line⏎Another line
            H2 Hours
            UL by phone | by mail, which takes a little longer than it does by phone
            OL one | two
            P 7. seven
            """, page.Outline(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Questions_and_answers_are_entries() =>
        Assert.Equal("QA Бесплатно? = Да.\nQA Долго? = Нет.", (await Read.Page("a.txt", "Вопрос: Бесплатно?\nОтвет: Да.\n\nВопрос: Долго?\nОтвет: Нет.")).Outline());

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Russian) },
        { "UTF-8 with mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Russian)] },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Russian)] },
        { "UTF-16 big endian", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Russian)] },
        { "windows-1251", CodePage(1251).GetBytes(Russian) },
    };

    [Theory, MemberData(nameof(Encodings))]
    public async Task Encodings_are_recognised(string name, byte[] bytes)
    {
        Assert.NotEmpty(name);
        Assert.Equal("P Привет, это текст.\nP Второй абзац: «да» — №5.", (await Read.Page("a.txt", bytes)).Outline());
    }

    [Theory]
    [InlineData(20866)]
    [InlineData(866)]
    [InlineData(1252)]
    public async Task Other_encodings_are_refused_instead_of_read_as_rubbish(int codePage)
    {
        var text = codePage == 1252 ? "Größe über alles, schöne Grüße aus München" : Russian;

        Assert.Contains("a.txt is not a text in UTF-8", await Read.Refusal("a.txt", CodePage(codePage).GetBytes(text)), StringComparison.Ordinal);
    }

    private static Encoding CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number)!;
}
