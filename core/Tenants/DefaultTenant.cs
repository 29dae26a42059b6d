using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Support.Tenants;

/// <summary>The tenant of a single-company set-up, also when it stands in a list of one: the one whose doors the key of the owner's choosing opens.</summary>
public sealed class DefaultTenant(IOptions<DeskOptions> desk, IReadOnlyList<TenantOptions> tenants, IConfiguration configuration)
{
    public string Name => string.IsNullOrWhiteSpace(configuration["Support:Telegram:Token"]) && tenants is [var only] ? only.Name : desk.Value.Tenant;
}
