using Support.Database;

namespace Support.Tickets;

/// <summary>Cards and lists name people long after they wrote, so a name is kept when a ticket first meets it.</summary>
internal static class Names
{
    private const string Remember =
        """
        insert into person (tenant_id, id, name) values (@tenant, @id, @name)
        on conflict (tenant_id, id) do update set name = excluded.name where person.name <> excluded.name
        """;

    public static Task RememberAsync(TenantTransaction transaction, long person, string name, CancellationToken cancellation) =>
        transaction.ExecuteAsync(Remember, new { tenant = transaction.Tenant.Value, id = person, name }, cancellation);
}
