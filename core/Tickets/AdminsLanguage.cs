using Support.Conversations;
using Support.Database;

namespace Support.Tickets;

/// <summary>What the admins are spoken to in: the owner's setting "admins_language", else the given language.</summary>
internal static class AdminsLanguage
{
    private const string Setting = "select value #>> '{}' from setting where tenant_id = @tenant and key = 'admins_language'";

    public static async Task<string> FindAsync(TenantTransaction transaction, string otherwise, CancellationToken cancellation) =>
        await transaction.FirstAsync<string>(Setting, new { tenant = transaction.Tenant.Value }, cancellation) is { } chosen && Phrases.Languages.Contains(chosen)
            ? chosen
            : otherwise;

    /// <summary>For a message that belongs to no ticket: the language of whoever wrote it, if the desk speaks it.</summary>
    public static Task<string> FindAsync(TenantTransaction transaction, Sender person, CancellationToken cancellation)
    {
        var spoken = person.LanguageCode?.Split('-')[0];
        return FindAsync(transaction, spoken is not null && Phrases.Languages.Contains(spoken) ? spoken : "en", cancellation);
    }
}
