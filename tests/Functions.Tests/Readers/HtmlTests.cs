using Xunit;

namespace Support.Tests.Readers;

public sealed class HtmlTests
{
    [Fact]
    public async Task The_main_part_is_read_without_what_surrounds_it()
    {
        var page = await Read.Page("a.html", """
            <!doctype html><html><head><title>Delivery | Shop</title><link rel="canonical" href="https://shop.example/delivery"><style>p{}</style></head>
            <body><header>Shop</header><nav>Menu</nav><aside>Buy!</aside>
            <main><header><h1>Delivery</h1></header><script>evil()</script><p>Two   <b>days</b>.<br>Always.</p><form><input value="x">Search</form><p hidden>no</p></main>
            <footer>Rights</footer></body></html>
            """);

        Assert.Equal(("Delivery", "https://shop.example/delivery", "H1 Delivery\nP Two days.⏎Always."), (page.Title, page.Link, page.Outline()));
    }

    [Fact]
    public async Task A_page_without_a_main_part_is_read_whole_and_titled_by_its_head()
    {
        var page = await Read.Page("a.htm", "<html><head><title>Delivery</title></head><body><div>Loose<div>Nested</div>text</div></body></html>");

        Assert.Equal(("Delivery", "P Loose\nP Nested\nP text"), (page.Title, page.Outline()));
    }

    [Fact]
    public async Task Lists_tables_code_and_entries_keep_their_structure()
    {
        var page = await Read.Page("a.html", """
            <main>
            <ol><li>One<ul><li>inner</li></ul></li><li><p>Two</p><p>more</p></li></ol>
            <table><caption>Prices</caption><thead><tr><th>City<th>Price</thead><tr><td rowspan=2>Kazan<td>350</tr><tr><td>99</tr></table>
            <pre>a
              b</pre>
            <dl><dt>Free?</dt><dd>Yes.</dd><dt>Fast?</dt><dd>Two days.</dd></dl>
            <details><summary>Late?</summary>Call <i>us</i>.</details>
            <p>Was <del>5 990</del> now 4 990 <img src=x alt="(sale)"></p>
            </main>
            """);

        Assert.Equal("""
            OL One⏎   • inner | Two⏎   more
            P Prices
            T City,Price : Kazan,350 ; Kazan,99
            C a⏎  b
            QA Free? = Yes.
            QA Fast? = Two days.
            QA Late? = Call us.
            P Was ~~5 990~~ now 4 990 (sale)
            """, page.Outline(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_table_for_layout_is_no_table() =>
        Assert.Equal("P Left\nP Right", (await Read.Page("a.html", "<table><tr><td><table><tr><td>Left</td></tr></table></td><td>Right</td></tr></table>")).Outline());

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<ul><li>")]
    [InlineData("<table><tr><td>")]
    public async Task A_page_nested_beyond_reason_is_refused(string tag) =>
        Assert.Contains("nested more than 200 deep", await Read.Refusal("deep.html", "<html>" + string.Concat(Enumerable.Repeat(tag, 100_000))), StringComparison.Ordinal);
}
