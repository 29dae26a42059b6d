using Support.Knowledge;
using Support.Retrieval;
using Support.Tenants;
using Xunit;

namespace Support.Contracts;

/// <summary>What every <see cref="IKnowledgeIndex"/> promises, with documents published and removed as the desk does it.</summary>
public abstract class KnowledgeIndexContract : IAsyncLifetime
{
    protected KnowledgeDesk Desk { get; private set; } = null!;

    protected TenantId Tenant { get; private set; }

    /// <summary>A desk without documents.</summary>
    protected abstract Task<KnowledgeDesk> CreateDeskAsync();

    public async ValueTask InitializeAsync()
    {
        Desk = await CreateDeskAsync();
        Tenant = await Desk.AddTenantAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_chunk_that_answers_comes_first_with_all_that_is_known_of_it()
    {
        var document = await Desk.PublishAsync(
            Tenant, "faq", Audience.Customers, ("Оплата", "Оплатить заказ можно картой."), ("Возврат", "Верните товар, и мы возместим деньги."), ("Доставка", "Курьер привезёт заказ завтра."));

        var found = await Desk.AskAsync(Tenant, "как сделать возврат денег");

        var first = found.Passages[0];
        Assert.Equal((document, 1, Audience.Customers, "faq", "Возврат", "Верните товар, и мы возместим деньги."), (first.DocumentId, first.Version, first.Audience, first.Source, first.Title, first.Text));
        Assert.Equal(3, found.Chunks);
        Assert.InRange(found.Confidence, .01, 1);
    }

    [Fact]
    public async Task A_tenant_finds_its_own_chunks_only()
    {
        var other = await Desk.AddTenantAsync();
        await Desk.PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."));
        await Desk.PublishAsync(other, "rules", Audience.Customers, ("Правила", "Возврат за 30 дней."));

        Assert.Equal(["Возврат за 14 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));
        Assert.Equal(["Возврат за 30 дней."], await Desk.TextsAsync(other, "какой возврат", Audience.Staff));
        Assert.Empty(await Desk.TextsAsync(await Desk.AddTenantAsync(), "какой возврат"));
    }

    [Fact]
    public async Task Customers_never_see_what_is_for_staff_however_well_it_fits()
    {
        await Desk.PublishAsync(Tenant, "secret", Audience.Staff, [.. Enumerable.Range(0, 220).Select(i => ($"возврат денег {i}", $"возврат денег {i}"))]);
        await Desk.PublishAsync(Tenant, "public", Audience.Customers, ("", "Возврат возможен, но деньги придут не сразу."));

        Assert.Equal(["Возврат возможен, но деньги придут не сразу."], await Desk.TextsAsync(Tenant, "возврат денег"));
        var forStaff = await Desk.AskAsync(Tenant, "возврат денег", Audience.Staff);
        Assert.Equal(Audience.Staff, forStaff.Passages[0].Audience);
        Assert.Equal(221, forStaff.Chunks);
    }

    [Fact]
    public async Task A_new_version_takes_over_at_the_commit_and_is_never_there_twice_or_not_at_all()
    {
        await Desk.PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."), ("Правила", "Возврат наличными."));

        await using (var transaction = await Desk.Database.BeginAsync(Tenant, CancellationToken.None))
        {
            var document = await Desk.PublishInsideAsync(transaction, "rules", Audience.Customers, ("Правила", "Возврат за 20 дней."), ("Правила", "Возврат наличными."));
            Assert.Equal(["Возврат за 14 дней.", "Возврат наличными."], (await Desk.TextsAsync(Tenant, "какой возврат")).Order());
            await transaction.CommitAsync(CancellationToken.None);

            Assert.Equal(["Возврат за 20 дней.", "Возврат наличными."], (await Desk.TextsAsync(Tenant, "какой возврат")).Order());
            await Desk.Follower.TidyAsync(Tenant, document, CancellationToken.None);
        }

        Assert.Equal(["Возврат за 20 дней.", "Возврат наличными."], (await Desk.TextsAsync(Tenant, "какой возврат")).Order());
    }

    [Fact]
    public async Task A_publication_that_is_given_up_leaves_everything_as_it_was()
    {
        await Desk.PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."));
        var before = await Desk.AskAsync(Tenant, "какой возврат");

        await using (var transaction = await Desk.Database.BeginAsync(Tenant, CancellationToken.None))
            await Desk.PublishInsideAsync(transaction, "rules", Audience.Staff, ("Правила", "Возврат за 20 дней."));

        var after = await Desk.AskAsync(Tenant, "какой возврат");
        Assert.Equal(before.Passages, after.Passages);
        Assert.Equal(before.Confidence, after.Confidence, 12);
    }

    [Fact]
    public async Task A_removed_document_is_gone_at_the_commit_and_can_come_again()
    {
        var document = await Desk.PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."));
        await Desk.PublishAsync(Tenant, "other", Audience.Customers, ("Часы", "Открыто до шести."));

        await Desk.RemoveAsync(Tenant, document);
        Assert.Empty(await Desk.TextsAsync(Tenant, "какой возврат"));
        await Desk.Follower.TidyAsync(Tenant, document, CancellationToken.None);
        Assert.Equal(["Открыто до шести."], await Desk.TextsAsync(Tenant, "когда открыто"));

        await Desk.PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."));
        Assert.Equal(["Возврат за 14 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));
    }

    [Theory]
    [InlineData(Audience.Customers, Audience.Staff)]
    [InlineData(Audience.Staff, Audience.Customers)]
    public async Task A_document_changes_its_audience_at_the_commit(Audience before, Audience after)
    {
        await Desk.PublishAsync(Tenant, "rules", before, ("Правила", "Возврат за 14 дней."));
        var seenBefore = before == Audience.Customers ? 1 : 0;

        await using (var transaction = await Desk.Database.BeginAsync(Tenant, CancellationToken.None))
        {
            var document = await Desk.PublishInsideAsync(transaction, "rules", after, ("Правила", "Возврат за 14 дней."));
            Assert.Equal(seenBefore, (await Desk.TextsAsync(Tenant, "какой возврат")).Count);
            await transaction.CommitAsync(CancellationToken.None);
            Assert.Equal(1 - seenBefore, (await Desk.TextsAsync(Tenant, "какой возврат")).Count);
            await Desk.Follower.TidyAsync(Tenant, document, CancellationToken.None);
        }

        Assert.Equal(1 - seenBefore, (await Desk.TextsAsync(Tenant, "какой возврат")).Count);
        Assert.Single(await Desk.TextsAsync(Tenant, "какой возврат", Audience.Staff));
    }

    [Theory]
    [InlineData("ghbdtn rfr dthyenm ltymub", "возврат")]
    [InlineData("vernut dengi za zakaz", "возврат")]
    [InlineData("вернть дньги", "возврат")]
    public async Task A_mistyped_question_is_understood(string question, string title)
    {
        await Desk.PublishAsync(
            Tenant, "faq", Audience.Customers,
            ("оплата", "Привет! Как оплатить заказ картой."), ("возврат", "Как вернуть деньги за заказ."), ("доставка", "Курьер привезёт завтра."));
        Assert.Equal(title, (await Desk.AskAsync(Tenant, question)).Passages[0].Title);
    }

    [Theory]
    [InlineData("ролик на ютуб", "видео")]
    [InlineData("ютубе", "видео")]
    [InlineData("настроить вотсап", "чат")]
    [InlineData("open gosuslugi", "портал")]
    public async Task A_name_is_found_by_ear_in_the_other_alphabet(string question, string title)
    {
        await Desk.PublishAsync(
            Tenant, "faq", Audience.Customers,
            ("видео", "Обзоры товаров лежат на YouTube."), ("чат", "Пишите нам в WhatsApp."), ("портал", "Войдите через Госуслуги."), ("доставка", "Курьер привезёт завтра."));
        Assert.Equal(title, (await Desk.AskAsync(Tenant, question)).Passages[0].Title);
    }

    [Fact]
    public async Task A_name_that_stands_in_both_alphabets_is_found_in_both()
    {
        await Desk.PublishAsync(Tenant, "faq", Audience.Customers, ("видео", "Обзоры лежат на YouTube."), ("ролики", "На ютуб мы выложили инструкции."), ("доставка", "Курьер привезёт завтра."));
        Assert.Equal(["видео", "ролики"], (await Desk.AskAsync(Tenant, "ютуб")).Passages.Select(passage => passage.Title).Order(StringComparer.Ordinal));
        Assert.Equal(["видео", "ролики"], (await Desk.AskAsync(Tenant, "youtube")).Passages.Select(passage => passage.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_companys_own_words_find_passages_from_the_next_question_on_and_only_its_own()
    {
        var other = await Desk.AddTenantAsync();
        foreach (var tenant in (TenantId[])[Tenant, other])
            await Desk.PublishAsync(tenant, "faq", Audience.Customers, ("Оплата", "Можно платить долями, четыре раза."), ("Доставка", "Курьер привезёт завтра."), ("Отсрочка", "Отсрочка приёмки товара."));
        var before = await Desk.AskAsync(other, "есть рассрочка");

        Assert.IsType<ChangeSynonyms.Changed>(await Desk.ChangeSynonymsAsync(Tenant, "рассрочка = частями = долями"));

        var found = await Desk.AskAsync(Tenant, "есть рассрочка");
        Assert.Equal("Оплата", found.Passages[0].Title);
        Assert.Equal(["рассрочка"], found.WordsFound);
        Assert.Equal(["есть", "рассрочка"], found.Read);
        Assert.Contains("дол", found.Thesaurus.RelativesOf("рассрочк"));
        var theirs = await Desk.AskAsync(other, "есть рассрочка");
        Assert.Equal(before.Passages, theirs.Passages);
        Assert.Equal(before.Read, theirs.Read);
        Assert.DoesNotContain(theirs.Passages, passage => passage.Title == "Оплата");

        Assert.IsType<ChangeSynonyms.Changed>(await Desk.ChangeSynonymsAsync(Tenant, "- частями"));
        Assert.Equal(before.Passages.Select(passage => passage.Title), (await Desk.AskAsync(Tenant, "есть рассрочка")).Passages.Select(passage => passage.Title));
    }

    [Fact]
    public async Task A_companys_own_word_is_found_in_another_keyboard_layout_too()
    {
        await Desk.PublishAsync(Tenant, "faq", Audience.Customers, ("Телефоны", "Чиним iPhone за час."), ("Доставка", "Курьер привезёт завтра."));
        await Desk.ChangeSynonymsAsync(Tenant, "яблоко = iphone");
        Assert.Equal("Телефоны", (await Desk.AskAsync(Tenant, "z,kjrj")).Passages[0].Title);
        Assert.Equal("Телефоны", (await Desk.AskAsync(Tenant, "яблоки")).Passages[0].Title);
    }

    [Fact]
    public async Task Where_nothing_is_published_nothing_is_found_but_the_question_is_read()
    {
        var found = await Desk.AskAsync(Tenant, "какой возврат денег");
        Assert.Empty(found.Passages);
        Assert.Equal((0, 2, 0.0), (found.Chunks, found.ContentWords, found.Confidence));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?!")]
    [InlineData("ъъъъъъъъ zzzzzzzzqqq")]
    public async Task A_question_of_nothing_known_finds_nothing(string question)
    {
        await Desk.PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."));
        Assert.Empty((await Desk.AskAsync(Tenant, question)).Passages);
    }

    [Fact]
    public async Task Words_of_any_length_and_alphabet_are_taken()
    {
        await Desk.PublishAsync(Tenant, "odd", Audience.Customers, ("Ключ", new string('ж', 5000) + " ключ " + new string('A', 4000)), ("", ""), ("日本語", "配送 は 明日 です"));
        Assert.Equal("Ключ", (await Desk.AskAsync(Tenant, new string('A', 4000))).Passages[0].Title);
        Assert.Equal("日本語", (await Desk.AskAsync(Tenant, "配送")).Passages[0].Title);
    }

    [Fact]
    public async Task The_same_passages_with_the_same_scores_are_found_as_in_process()
    {
        var knowledge = new SeededKnowledge(17);
        for (var i = 0; i < 24; i++)
            await Desk.PublishAsync(Tenant, $"page {i}", i % 8 == 7 ? Audience.Staff : Audience.Customers, [.. Enumerable.Range(0, 15).Select(_ => knowledge.NextPage())]);
        // Some come again changed, and one goes.
        for (var i = 0; i < 6; i++)
            await Desk.PublishAsync(Tenant, $"page {i}", Audience.Customers, [.. Enumerable.Range(0, 10).Select(_ => knowledge.NextPage())]);
        await Desk.RemoveAsync(Tenant, await Desk.PublishAsync(Tenant, "page 9", Audience.Customers, knowledge.NextPage()));

        var changes = await new PostgresChunkSource(Desk.Database).ChangesAsync(Tenant, 0, CancellationToken.None);
        var inProcess = new TenantIndex();
        inProcess.Apply([.. changes.Documents.SelectMany(document => document.Chunks).OrderBy(chunk => chunk.ChunkId)], []);
        foreach (var audience in (Audience[])[Audience.Customers, Audience.Staff])
            for (var i = 0; i < 60; i++)
            {
                var question = knowledge.NextQuestion();
                var expected = inProcess.Search(question, audience);
                var found = await Desk.AskAsync(Tenant, question, audience);
                Assert.Equal(Summary(expected), Summary(found));
                Assert.Equal(expected.Confidence, found.Confidence, 4);
            }
    }

    private static string Summary(Retrieved found) =>
        string.Join('\n', found.Passages.OrderByDescending(passage => Math.Round(passage.Score, 4)).ThenBy(passage => passage.ChunkId).Select(passage => $"{passage.ChunkId} {passage.Score:F4} {passage.Audience}"))
        + $"\n{found.Chunks} {found.ContentWords}";
}
