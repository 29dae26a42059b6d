using Support.Contracts;
using Support.Knowledge;
using Support.Tenants;

namespace Support.Tests.Knowledge;

/// <summary>Which versions of a document that came by no chat wait to be told of.</summary>
public sealed class UntoldVersionsTests
{
    [Fact]
    public async Task A_version_that_takes_the_place_of_one_not_told_of_has_its_news_to_tell()
    {
        await using var desk = await KnowledgeDesk.CreateAsync([], (_, _) => { });
        var tenant = await desk.AddTenantAsync();
        await desk.PublishAsync(tenant, "faq.md", Audience.Customers, ("Возврат", "За 14 дней."), ("Оплата", "Картой."));
        await desk.PublishAsync(tenant, "faq.md", Audience.Customers, ("Возврат", "За 14 дней."));
        Assert.True(await IsLastUntoldAsync(desk, tenant));

        await desk.InAsync(tenant, tx => tx.ExecuteAsync("update document_version set untold_since = null", null, CancellationToken.None));
        await desk.PublishAsync(tenant, "faq.md", Audience.Customers, ("Возврат", "За 14 дней."));
        Assert.False(await IsLastUntoldAsync(desk, tenant));
    }

    [Fact]
    public async Task What_was_for_staff_is_news_when_customers_may_read_it()
    {
        await using var desk = await KnowledgeDesk.CreateAsync([], (_, _) => { });
        var tenant = await desk.AddTenantAsync();
        await desk.PublishAsync(tenant, "faq.md", Audience.Staff, ("Возврат", "За 14 дней."));
        Assert.False(await IsLastUntoldAsync(desk, tenant));

        await desk.PublishAsync(tenant, "faq.md", Audience.Customers, ("Возврат", "За 14 дней."));
        Assert.True(await IsLastUntoldAsync(desk, tenant));
    }

    private static Task<bool> IsLastUntoldAsync(KnowledgeDesk desk, TenantId tenant) =>
        desk.InAsync(tenant, tx => tx.FirstAsync<bool>("select untold_since is not null from document_version order by version desc limit 1", null, CancellationToken.None));
}
