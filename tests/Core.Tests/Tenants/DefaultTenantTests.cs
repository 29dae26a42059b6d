using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Support.Tenants;

namespace Support.Tests.Tenants;

public sealed class DefaultTenantTests
{
    [Theory]
    [InlineData("default", null)]
    [InlineData("acme", null, "acme")]
    [InlineData("shop", "shop")]
    [InlineData("shop", "shop", "acme", "other")]
    // A bot of the single-company settings makes them the single company, whatever stands in the list.
    [InlineData("shop", "shop with a bot", "acme")]
    public void It_is_the_only_company_of_the_list_or_the_one_that_is_named(string expected, string? named, params string[] companies)
    {
        var desk = new DeskOptions();
        if (named is not null)
            desk.Tenant = named.Split(' ')[0];
        var settings = new Dictionary<string, string?> { ["Support:Telegram:Token"] = named?.EndsWith("bot", StringComparison.Ordinal) == true ? "900001:SIMULATION" : null };
        var tenant = new DefaultTenant(Options.Create(desk), [.. companies.Select(name => new TenantOptions { Name = name })], new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        Assert.Equal(expected, tenant.Name);
    }
}
