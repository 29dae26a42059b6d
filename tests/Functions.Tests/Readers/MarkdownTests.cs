using Xunit;

namespace Support.Tests.Readers;

public sealed class MarkdownTests
{
    [Fact]
    public async Task Front_matter_gives_title_and_link()
    {
        var page = await Read.Page("returns.md", "---\ntitle: \"Returns: how\"\nurl: https://shop.example/returns\ntags: [a, b]\n---\n# Other\nText");

        Assert.Equal(("Returns: how", "https://shop.example/returns"), (page.Title, page.Link));
        Assert.Equal("H1 Other\nP Text", page.Outline());
    }

    [Theory]
    [InlineData("# Returns\nText", "Returns")]
    [InlineData("## Returns\nText", "my page")]
    [InlineData("Text", "my page")]
    [InlineData("---\ntitle: [broken\n---\nText", "my page")]
    public async Task A_title_comes_from_the_top_heading_or_else_the_name(string text, string title) =>
        Assert.Equal(title, (await Read.Page("docs/my_page.md", text)).Title);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("file:///etc/passwd")]
    public async Task A_link_that_no_browser_should_open_is_left_out(string link) =>
        Assert.Null((await Read.Page("a.md", $"---\nlink: {link}\n---\nText")).Link);

    [Fact]
    public async Task Two_rulers_are_no_front_matter() =>
        Assert.Equal("P Some prose.\nP Text", (await Read.Page("a.md", "---\n\nSome prose.\n\n---\n\nText")).Outline());

    [Fact]
    public async Task Marks_go_and_words_stay()
    {
        var page = await Read.Page("a.md", "See [the **rules**](https://a.example) and ![a red button](b.png), `code`, <https://c.example>, 2 < 3 &amp; <order number>, ~~5 990~~ 4 990.\nSame  \nnext");

        Assert.Equal("P See the rules and a red button, code, https://c.example, 2 < 3 & <order number>, ~~5 990~~ 4 990. Same⏎next", page.Outline());
    }

    [Fact]
    public async Task Lists_tables_code_and_quotes_keep_their_structure()
    {
        var page = await Read.Page("a.md", """
            1. Open it:
               - by hand
               - by key

               Wait.
            2. Close it.

            * one
            * [x] two

            | City | Days |
            |---|---|
            | Kazan | **3** |
            | Omsk | 5 \| 6 |

            ```bash
            run --now
              twice
            ```

            > Quoted.

            ## Sub {#anchor}
            :::note
            Boxed.
            :::
            """);

        Assert.Equal("""
            OL Open it:⏎   • by hand⏎   • by key⏎   Wait. | Close it.
            UL one | two
            T City,Days : Kazan,3 ; Omsk,5 | 6
            C run --now⏎  twice
            P Quoted.
            H2 Sub
            P Boxed.
            """, page.Outline(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Steps_interrupted_by_a_command_are_one_list()
    {
        var page = await Read.Page("a.md", "1. Log in.\n2. Run:\n\n```\nhelm install\n```\n\n3. Wait.\n");

        Assert.Equal("OL Log in. | Run:⏎   helm install | Wait.", page.Outline());
    }

    [Fact]
    public async Task A_list_that_starts_elsewhere_keeps_its_numbers() =>
        Assert.Equal("P 7. seven⏎8. eight", (await Read.Page("a.md", "7. seven\n8. eight\n")).Outline());

    [Theory]
    [InlineData("**Q:** Is it free?\n**A:** Yes.\n\n- always\n\n**Q:** How long?\n\n**A:** Two days.", "QA Is it free? = Yes.⏎⏎• always\nQA How long? = Two days.")]
    [InlineData("Вопрос: Это бесплатно?\n\nОтвет: Да.\nВсегда.", "QA Это бесплатно? = Да. Всегда.")]
    [InlineData("**Вопрос 1.** Сколько?\n**Ответ:** Два.", "QA Сколько? = Два.")]
    [InlineData("Q: only a question", "P Q: only a question")]
    public async Task Questions_and_answers_in_prose_are_entries(string text, string outline) =>
        Assert.Equal(outline, (await Read.Page("a.md", text)).Outline());

    [Fact]
    public async Task Details_are_entries_whether_their_content_is_markdown_or_html()
    {
        var page = await Read.Page("a.md", "<details>\n<summary>How <b>much</b>?</summary>\n\nTwo:\n\n1. one\n2. two\n\n</details>\n\n<details><summary>Why?</summary><p>So.</p></details>\n\nAfter.");

        Assert.Equal("QA How much? = Two:⏎1. one⏎2. two\nQA Why? = So.\nP After.", page.Outline());
    }

    [Fact]
    public async Task A_heading_that_asks_stays_a_heading() =>
        Assert.Equal("H2 Is it free?\nP Yes.", (await Read.Page("a.md", "## Is it free?\nYes.")).Outline());

    [Fact]
    public async Task Html_in_it_is_read_and_placeholders_are_kept()
    {
        var page = await Read.Page("a.md", "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>\n\n<!-- secret -->\n\n<name>\n");

        Assert.Equal("T A,B : 1,2\nP <name>", page.Outline());
    }
}
