namespace Support.Tenants;

/// <summary>A bot and the people behind it, as the directory last read them.</summary>
/// <param name="Generation">Of the webhook's secret; a new one revokes the old address.</param>
/// <param name="AdminsChat">The admins' group; null until there is one.</param>
public sealed record BotInfo(BotId Id, TenantId Tenant, string Username, int Generation, long? AdminsChat, IReadOnlyDictionary<long, StaffMember> Staff)
{
    public bool IsOwner(long person) => Staff.TryGetValue(person, out var member) && member.IsOwner;

    public bool IsAdmin(long person) => Staff.TryGetValue(person, out var member) && (member.IsAdmin || member.IsOwner);

    public bool IsEditor(long person) => Staff.TryGetValue(person, out var member) && (member.IsEditor || member.IsOwner);

    /// <summary>Where cards go: the admins' group, else the private chat of an owner who has pressed Start, else of an admin who has; null when nobody can be reached.</summary>
    public long? CardsChat =>
        AdminsChat
        ?? Staff.Values.Where(s => s.Started && s.IsOwner).Select(s => (long?)s.Person).FirstOrDefault()
        ?? Staff.Values.Where(s => s.Started && s.IsAdmin).Select(s => (long?)s.Person).FirstOrDefault();
}

/// <param name="Started">Has pressed Start, so the bot may write to them.</param>
public sealed record StaffMember(long Person, string Name, bool IsOwner, bool IsAdmin, bool IsEditor, bool Started);
