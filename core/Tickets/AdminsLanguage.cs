using Support.Conversations;
using Support.Database;

namespace Support.Tickets;

/// <summary>What the admins are spoken to in: what was chosen with /language where cards go, else the given language, else the owner's own.</summary>
public static class AdminsLanguage
{
    private const string Setting = "select value #>> '{}' from setting where tenant_id = @tenant and key = 'admins_language'";

    public static async Task<string> FindAsync(TenantTransaction transaction, string otherwise, CancellationToken cancellation) =>
        await ChosenAsync(transaction, cancellation) ?? otherwise;

    /// <summary>For a message that belongs to no ticket: the language of whoever wrote it, if the desk speaks it.</summary>
    public static Task<string> FindAsync(TenantTransaction transaction, Sender person, CancellationToken cancellation) =>
        FindAsync(transaction, CustomerMessages.SpokenLanguage(person.LanguageCode), cancellation);

    private const string OfOwner =
        "select language from person where tenant_id = @tenant and (is_owner or is_admin) and language is not null order by is_owner desc, started_at, id limit 1";

    /// <summary>For what the desk says of its own accord.</summary>
    public static async Task<string> FindAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        await ChosenAsync(transaction, cancellation)
        ?? CustomerMessages.SpokenLanguage(await transaction.FirstAsync<string>(OfOwner, new { tenant = transaction.Tenant.Value }, cancellation));

    private static async Task<string?> ChosenAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        await transaction.FirstAsync<string>(Setting, new { tenant = transaction.Tenant.Value }, cancellation) is { } chosen && Phrases.Languages.Contains(chosen)
            ? chosen
            : null;

    private const string Choose =
        """
        with noted as (
            insert into audit (tenant_id, at, person_id, action, subject) values (@tenant, @now, @person, 'admins-language', @language)
        )
        insert into setting (tenant_id, key, value) values (@tenant, 'admins_language', to_jsonb(@language::text))
        on conflict (tenant_id, key) do update set value = excluded.value
        """;

    public static Task ChooseAsync(UpdateScope scope, string language, long person, CancellationToken cancellation) =>
        scope.Transaction.ExecuteAsync(Choose, new { tenant = scope.Transaction.Tenant.Value, now = scope.Now, person, language }, cancellation);
}
