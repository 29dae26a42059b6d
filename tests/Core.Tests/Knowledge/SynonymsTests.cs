using Support.Contracts;
using Support.Knowledge;
using Support.Tests.Labels;
using Support.Text;

namespace Support.Tests.Knowledge;

public sealed class SynonymsTests
{
    [Fact]
    public async Task An_editor_adds_shows_and_removes_lines_and_each_change_is_noted()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.WriteAsync(LabelDesk.Editor, "synonyms");
        Assert.Contains("no words of your own yet", (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);

        await desk.WriteAsync(LabelDesk.Editor, "synonyms", "Рассрочка = частями = долями");
        await desk.WriteAsync(LabelDesk.Owner, "synonyms", "айфон = iPhone\nрассрочку = сплит", chat: LabelDesk.Group);
        var said = (await desk.LastAsync(LabelDesk.Group)).Html;
        Assert.Contains("рассрочка = частями = долями = сплит\nайфон = iphone\n", said, StringComparison.Ordinal);

        await desk.WriteAsync(LabelDesk.Editor, "synonyms", "- айфона");
        await desk.WriteAsync(LabelDesk.Editor, "synonyms");
        Assert.Contains("рассрочка = частями = долями = сплит\n\n", (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("айфон", (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
        Assert.Equal(
            ["2 Рассрочка = частями = долями", "1 айфон = iPhone\nрассрочку = сплит", "2 - айфона"],
            await desk.InAsync(tx => tx.QueryAsync<string>("select person_id || ' ' || subject from audit where action = 'synonyms' order by id", null, CancellationToken.None)));
        Assert.Equal(3, await ChangeAsync(desk));
    }

    [Fact]
    public async Task Whoever_is_no_editor_or_admin_may_neither_look_nor_change()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.WriteAsync(LabelDesk.Customer, "synonyms", "рассрочка = долями", chat: LabelDesk.Group);
        Assert.Contains("Only editors", (await desk.LastAsync(LabelDesk.Group)).Html, StringComparison.Ordinal);
        Assert.Equal((0, 0), (await ChangeAsync(desk), (await LinesAsync(desk)).Count));
    }

    [Fact]
    public async Task Words_outlive_the_process()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishAsync("faq", ("Оплата", "Можно платить долями."), ("Доставка", "Курьер привезёт завтра."));
        await desk.WriteAsync(LabelDesk.Editor, "synonyms", "рассрочка = долями");

        await using var restarted = await KnowledgeDesk.CreateAsync([], (_, _) => { }, desk.Desk.Database.Unpooled);
        Assert.Equal("Оплата", (await restarted.AskAsync(desk.Tenant, "рассрочка")).Passages[0].Title);
    }

    [Fact]
    public async Task A_name_is_no_typing_error_until_it_is_removed()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.PublishAsync("faq", ("Долина", "Магазин в торговом центре «Долина» открыт до десяти."), ("Доставка", "Курьер привезёт завтра."));
        Assert.Equal("Долина", (await desk.Desk.AskAsync(desk.Tenant, "Долила")).Passages[0].Title);

        await desk.WriteAsync(LabelDesk.Editor, "synonyms", "Долила");
        Assert.Contains("долила (a name)", (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("долина", (await desk.Desk.AskAsync(desk.Tenant, "Долила")).Read);

        await desk.WriteAsync(LabelDesk.Editor, "synonyms", "долила = доставка");
        Assert.Equal("Доставка", (await desk.Desk.AskAsync(desk.Tenant, "Долила")).Passages[0].Title);
        await desk.WriteAsync(LabelDesk.Editor, "synonyms", "- долила");
        Assert.Equal("Долина", (await desk.Desk.AskAsync(desk.Tenant, "Долила")).Passages[0].Title);
    }

    [Theory]
    [InlineData("рассрочка = рассрочку", "only one word")]
    [InlineData("рассрочка = оплата частями", "“оплата частями” is several words")]
    [InlineData("e-mail = почта", "“e-mail” is several words")]
    [InlineData("айфон = iphone\nрассрочка =", "only one word")]
    [InlineData("оплата частями", "is several words")]
    [InlineData("курьеру", "on one line already")]
    [InlineData("рассрочка = ?!", "“?!” is no word")]
    [InlineData("рассрочка = как", "stands in questions about anything")]
    [InlineData("<b> = рассрочка = долями = два слова", "“два слова”")]
    [InlineData("=", "only one word")]
    [InlineData("-", "name one of its words")]
    [InlineData("- оплата частями", "name one of its words")]
    [InlineData("- такси", "No line holds “такси”")]
    [InlineData("доставка = курьером", "on one line already")]
    public async Task What_cannot_be_taken_changes_nothing_and_is_named(string text, string problem)
    {
        await using var desk = await LabelDesk.OpenAsync();
        await desk.WriteAsync(LabelDesk.Editor, "synonyms", "курьер = доставка");
        await desk.WriteAsync(LabelDesk.Editor, "synonyms", text);
        Assert.Contains(problem, (await desk.LastAsync(LabelDesk.Editor)).Html, StringComparison.Ordinal);
        Assert.Equal([["курьер", "доставка"]], await LinesAsync(desk));
        Assert.Equal(1, await ChangeAsync(desk));
        Assert.Equal(1, await desk.InAsync(tx => tx.FirstAsync<long>("select count(*) from audit where action = 'synonyms'", null, CancellationToken.None)));
    }

    [Fact]
    public void There_is_a_most_of_lines_and_of_words()
    {
        var full = Changed(SynonymLines.None, string.Join('\n', Enumerable.Range(0, ChangeSynonyms.MostLines).Select(i => $"слово{i} = word{i}")));
        Assert.Equal("synonyms.bad.many", Assert.IsType<ChangeSynonyms.Refused>(ChangeSynonyms.Of(full, "самокат = scooter")).Problem);
        Changed(full, "слово7 = another");
        var longest = string.Join(" = ", Enumerable.Range(0, ChangeSynonyms.MostWords).Select(i => $"word{i}"));
        Changed(SynonymLines.None, longest);
        Assert.Equal("synonyms.bad.long", Assert.IsType<ChangeSynonyms.Refused>(ChangeSynonyms.Of(SynonymLines.None, longest + " = scooter")).Problem);
        Assert.Equal("synonyms.bad.word", Assert.IsType<ChangeSynonyms.Refused>(ChangeSynonyms.Of(SynonymLines.None, $"word = {new string('a', 33)}")).Problem);
    }

    [Fact]
    public void Whatever_is_written_the_lines_stay_lines_of_different_words_and_read_back_as_they_are()
    {
        string[] pieces = ["рассрочка", "рассрочку", "долями", "частями", "айфон", "iPhone", "iphones", "почта", "как", "два слова", "e-mail", "", " = ", " = ", " = ", "=", "\n", "\n", "- ", "-", "?", "🙂", "\0"];
        var random = new Random(11);
        var lines = SynonymLines.None;
        var changed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            var before = lines.ToJson();
            var change = ChangeSynonyms.Of(lines, text);
            Assert.Equal(before, lines.ToJson());
            if (change is not ChangeSynonyms.Changed to)
                continue;
            changed++;
            Assert.NotEqual(before, to.Lines.ToJson());
            Assert.All(to.Lines.Lines, line => Assert.InRange(line.Count, 1, ChangeSynonyms.MostWords));
            var stems = to.Lines.Lines.SelectMany(line => line).Select(Stemmer.Stem).ToList();
            Assert.Equal(stems.Count, stems.Distinct().Count());
            Assert.All(to.Lines.Lines, line => Assert.Equal(line.Count - 1, to.Lines.ToThesaurus().RelativesOf(Stemmer.Stem(line[0])).Intersect(line.Select(Stemmer.Stem)).Count()));
            Assert.Equal(to.Lines.ToJson(), SynonymLines.Read(to.Lines.ToJson()).ToJson());
            lines = to.Lines;
        }
        Assert.True(changed > 100, $"Only {changed} of the texts changed anything.");
    }

    [Fact]
    public async Task Of_two_who_add_lines_at_once_neither_is_lost()
    {
        await using var desk = await LabelDesk.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => desk.Desk.ChangeSynonymsAsync(desk.Tenant, $"слово{i} = word{i}")));
        Assert.Equal(8, (await LinesAsync(desk)).Count);
        Assert.Equal(8, await ChangeAsync(desk));
    }

    private static SynonymLines Changed(SynonymLines before, string text) => Assert.IsType<ChangeSynonyms.Changed>(ChangeSynonyms.Of(before, text)).Lines;

    private static Task<IReadOnlyList<IReadOnlyList<string>>> LinesAsync(LabelDesk desk) =>
        desk.InAsync(async tx => (await KnownSynonyms.ReadAsync(tx, CancellationToken.None)).Lines);

    private static Task<long> ChangeAsync(LabelDesk desk) =>
        desk.InAsync(tx => tx.FirstAsync<long>("select knowledge_change from tenant", null, CancellationToken.None));
}
