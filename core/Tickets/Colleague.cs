using Support.Conversations;
using Support.Database;

namespace Support.Tickets;

/// <summary>Whoever acts on a ticket: a member of the staff, or anybody else in the admins' group.</summary>
internal sealed record Colleague(long Id, string Name)
{
    /// <summary>Telegram's stand-in for administrators who write anonymously. Marked as a bot, but a person speaks.</summary>
    private const long AnonymousAdministrator = 1087968824;

    public static bool IsHuman(Sender sender) => !sender.IsBot || sender.Id == AnonymousAdministrator;

    public static bool IsHuman(RepliedTo message) => !message.FromIsBot || message.FromId == AnonymousAdministrator;

    private const string Remember =
        """
        insert into person (tenant_id, id, name) values (@tenant, @id, @name)
        on conflict (tenant_id, id) do update set name = excluded.name where person.name <> excluded.name
        """;

    /// <summary>Kept by name, because cards say who has a ticket.</summary>
    public static async Task<Colleague> RememberAsync(TenantTransaction transaction, Sender sender, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(Remember, new { tenant = transaction.Tenant.Value, id = sender.Id, name = sender.FullName }, cancellation);
        return new Colleague(sender.Id, sender.FullName);
    }
}
