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

    /// <summary>Kept by name, because cards say who has a ticket.</summary>
    public static async Task<Colleague> RememberAsync(TenantTransaction transaction, Sender sender, CancellationToken cancellation)
    {
        await Names.RememberAsync(transaction, sender.Id, sender.FullName, cancellation);
        return new Colleague(sender.Id, sender.FullName);
    }
}
