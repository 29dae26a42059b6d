using Microsoft.Extensions.Options;
using Support.Telegram;
using Support.Tenants;

namespace Support.Functions;

/// <summary>Brings tenants, bots and staff to what the settings say. What was set in chats stays.</summary>
public sealed class DeskTenants(TenantSetup setup, DefaultTenant ofOne, IOptions<DeskOptions> desk, IOptions<TelegramOptions> telegram, IReadOnlyList<TenantOptions> tenants, UploadKeys keys, IConfiguration configuration)
{
    /// <summary>The bots in the settings.</summary>
    /// <exception cref="FormatException">A token is none.</exception>
    public IReadOnlySet<BotId> Bots => tenants.SelectMany(tenant => tenant.Tokens).Append(telegram.Value.Token).OfType<string>().Select(token => BotToken.Parse(token).Bot).ToHashSet();

    /// <exception cref="FormatException">A token is none.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await setup.RetireOthersAsync(Bots, cancellation);
        var home = await setup.EnsureTenantAsync(ofOne.Name, cancellation);
        keys.Default = home;
        if (telegram.Value.Token is { } token)
        {
            var one = desk.Value;
            await EnsureAsync(home, [token], one.AdminsChat, one.OwnerIds, one.AdminIds, one.EditorIds, cancellation);
            if (configuration["Support:Telegram:OwnerCode"] is { Length: > 0 } code)
                await setup.OfferOwnershipAsync(home, BotToken.Parse(token).Bot, code, cancellation);
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
