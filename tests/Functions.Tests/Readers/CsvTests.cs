using Support.Knowledge;
using Xunit;

namespace Support.Tests.Readers;

public sealed class CsvTests
{
    [Theory]
    [InlineData("question,answer\nFree?,\"Yes, always\"\nLong?,No\n")]
    [InlineData("Вопрос;Ответ\r\nFree?;Yes, always\r\nLong?;No\r\n")]
    [InlineData("Q\tA\nFree?\tYes, always\nLong?\tNo")]
    [InlineData("sep=;\nanswer;question\nYes, always;Free?\nNo;Long?")]
    public async Task Rows_of_questions_and_answers_are_entries(string text)
    {
        var documents = (await Read.Complete("faq.csv", text)).Documents;

        Assert.Equal([("Free?", "QA Free? = Yes, always"), ("Long?", "QA Long? = No")], documents.Select(document => (document.Key, document.Outline())));
    }

    [Fact]
    public async Task Ids_links_and_titles_are_used()
    {
        var document = Assert.Single((await Read.Complete("kb.csv", "id,title,text,url\n17,Returns,\"Send:\n\n1. a\n2. b\",https://shop.example/r\n")).Documents);

        Assert.Equal(("17", "Returns", "https://shop.example/r", "P Send:\nOL a | b"), (document.Key, document.Title, document.Link, document.Outline()));
    }

    [Fact]
    public async Task What_is_left_out_is_said_with_its_row()
    {
        var reading = await Read.Complete("faq.csv", "question,answer\nA?,yes\n,\nB?,\nC?,one,two\nA?,again\nD?,ok\n");

        Assert.Equal(["A?", "D?"], reading.Documents.Select(document => document.Title));
        Assert.Equal(
            [
                "row 4: no answer to \"B?\"",
                "row 5: 3 columns instead of 2; put a text that holds the separator in quotes",
                "row 6: \"A?\" is already in row 2; give the rows different ids to keep both",
            ],
            reading.Skipped);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_row_only()
    {
        var reading = await Read.Complete("faq.csv", "question,answer\nA?,\"yes\nB?,no\nC?,maybe\n");

        Assert.Contains(reading.Documents, document => document.Title == "C?");
        Assert.Contains(reading.Skipped, remark => remark.Contains("row 2: a quote", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Any_other_table_is_a_page_with_a_table()
    {
        var reading = await Read.Complete("delivery_times.csv", "City;Days\nKazan;3\nOmsk;5;x\n;\n");

        var page = Assert.Single(reading.Documents);
        Assert.Equal(("", "delivery times", "T City,Days : Kazan,3 ; Omsk,5,x"), (page.Key, page.Title, page.Outline()));
        Assert.Equal(["row 3: 3 columns instead of 2; read as it stands"], reading.Skipped);
    }

    [Fact]
    public async Task A_table_without_a_header_has_none()
    {
        var page = await Read.Page("a.csv", "1,Kazan\n2,Omsk\n");

        Assert.Empty(Assert.IsType<Block.Table>(Assert.Single(page.Blocks)).Header);
    }
}
