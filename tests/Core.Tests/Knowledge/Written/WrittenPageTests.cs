using Support.Contracts;
using Support.Knowledge;
using Support.Knowledge.Written;
using Support.Tenants;

namespace Support.Tests.Knowledge.Written;

public sealed class WrittenPageTests : IAsyncLifetime
{
    private const string Insert = "insert into chunk_questions (tenant_id, hash, model, questions) select @tenant, embedded_hash, 'm', array['Где мои <рубли>?', 'Когда вернут?'] from chunk where title <> 'Без'";

    private KnowledgeDesk _desk = null!;
    private TenantId _tenant;
    private long _document;

    public async ValueTask InitializeAsync()
    {
        _desk = await KnowledgeDesk.CreateAsync([], (_, _) => { });
        _tenant = await _desk.AddTenantAsync();
        _document = await _desk.PublishAsync(_tenant, "faq", Audience.Customers, [("Без", "Ничего."), .. Enumerable.Range(1, 6).Select(i => ($"Пункт {i}", $"Текст {i}."))]);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task An_editor_sees_the_questions_beside_their_chunks_a_page_at_a_time()
    {
        await _desk.InAsync(_tenant, transaction => transaction.ExecuteAsync(Insert, new { tenant = _tenant.Value }, CancellationToken.None));

        var first = await ReadAsync(0);
        Assert.Contains("<b>Пункт 1: Текст 1.</b>\n• Где мои &lt;рубли&gt;?\n• Когда вернут?", first.Html("ru"), StringComparison.Ordinal);
        Assert.DoesNotContain("Без", first.Html("ru"), StringComparison.Ordinal);
        Assert.Equal([$"d:{_document}:q1"], first.Buttons("ru")!.Rows.SelectMany(row => row).Select(button => button.Data));
        var last = await ReadAsync(7);
        Assert.Equal(1, last.Number);
        Assert.Contains("Пункт 6", last.Html("en"), StringComparison.Ordinal);
        Assert.Equal(0, WrittenPage.PageOf(DocumentButtons.Read(last.Buttons("en")!.Rows[0][0].Data!)!.Value.Action));
    }

    [Fact]
    public async Task The_list_of_documents_offers_them_only_where_there_are_some()
    {
        Assert.DoesNotContain($"d:{_document}:questions", await ButtonsAsync());
        await _desk.InAsync(_tenant, transaction => transaction.ExecuteAsync(Insert, new { tenant = _tenant.Value }, CancellationToken.None));
        Assert.Contains($"d:{_document}:questions", await ButtonsAsync());
    }

    [Fact]
    public async Task Another_company_sees_none()
    {
        await _desk.InAsync(_tenant, transaction => transaction.ExecuteAsync(Insert, new { tenant = _tenant.Value }, CancellationToken.None));
        var other = await _desk.AddTenantAsync();
        Assert.Null(await _desk.InAsync(other, transaction => WrittenPage.ReadAsync(transaction, _document, 0, CancellationToken.None)));
    }

    private async Task<WrittenPage> ReadAsync(int number) => (await _desk.InAsync(_tenant, transaction => WrittenPage.ReadAsync(transaction, _document, number, CancellationToken.None)))!;

    private async Task<List<string?>> ButtonsAsync()
    {
        var page = await _desk.InAsync(_tenant, transaction => DocumentPage.ReadAsync(transaction, 0, CancellationToken.None));
        return [.. page.Buttons("en")!.Rows.SelectMany(row => row).Select(button => button.Data)];
    }
}
