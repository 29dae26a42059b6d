using Microsoft.Extensions.Options;
using Support.Telegram;
using Support.Tenants;

namespace Support.Server.Desk;

/// <summary>Brings tenants, bots and staff to what the settings say. What was set in chats stays.</summary>
public sealed class DeskTenants(TenantSetup setup, TryItCompany tryIt, IOptions<DeskOptions> desk, IOptions<TelegramOptions> telegram, List<TenantOptions> tenants, UploadKeys keys, IConfiguration configuration)
{
    /// <summary>The tenant of a single-company set-up, also when it stands in a list of one.</summary>
    public TenantId Default { get; private set; }

    /// <exception cref="FormatException">A token is none.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var bots = tenants.SelectMany(tenant => tenant.Tokens).Append(telegram.Value.Token).OfType<string>().Select(token => BotToken.Parse(token).Bot).ToHashSet();
        await tryIt.SetApartAsync(desk.Value.Tenant, bots, cancellation);
        await setup.RetireOthersAsync(bots, cancellation);
        Default = await setup.EnsureTenantAsync(telegram.Value.Token is null && tenants is [var only] ? only.Name : desk.Value.Tenant, cancellation);
        keys.Default = Default;
        if (telegram.Value.Token is { } token)
        {
            var one = desk.Value;
            await EnsureAsync(Default, [token], one.AdminsChat, one.OwnerIds, one.AdminIds, one.EditorIds, cancellation);
            if (configuration["Support:Telegram:OwnerCode"] is { Length: > 0 } code)
                await setup.OfferOwnershipAsync(Default, BotToken.Parse(token).Bot, code, cancellation);
        }
        foreach (var tenant in tenants)
            await EnsureAsync(await setup.EnsureTenantAsync(tenant.Name, cancellation), tenant.Tokens, tenant.AdminsChat, tenant.OwnerIds, tenant.AdminIds, tenant.EditorIds, cancellation);
    }

    private async Task EnsureAsync(TenantId tenant, IReadOnlyList<string> tokens, long? adminsChat, IReadOnlyList<long> owners, IReadOnlyList<long> admins, IReadOnlyList<long> editors, CancellationToken cancellation)
    {
        foreach (var token in tokens.Select(BotToken.Parse))
        {
            await setup.EnsureBotAsync(tenant, token.Bot, token.Value, "", cancellation);
            foreach (var person in owners.Concat(admins).Concat(editors).Distinct())
                await setup.EnsureStaffAsync(tenant, token.Bot, person, owners.Contains(person), admins.Contains(person), editors.Contains(person), cancellation);
            if (adminsChat is { } chat)
                await setup.SetAdminsChatAsync(tenant, token.Bot, chat, cancellation);
        }
    }
}
