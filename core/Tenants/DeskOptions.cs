namespace Support.Tenants;

/// <summary>Who runs the desk: the tenant of a single-company set-up, or a list of tenants.</summary>
public sealed class DeskOptions
{
    public const string Section = "Support:Desk";

    /// <summary>The tenant's name; tells it apart in the database and is shown to nobody outside.</summary>
    public string Tenant { get; set; } = "default";

    /// <summary>The admins' group, if it is known from the start; else /admins in a group sets it.</summary>
    public long? AdminsChat { get; set; }

    /// <summary>Telegram user ids. Also <c>SUPER_ADMIN_IDS</c>.</summary>
    public IReadOnlyList<long> OwnerIds { get; set; } = [];

    /// <summary>Telegram user ids. Also <c>ADMIN_IDS</c>.</summary>
    public IReadOnlyList<long> AdminIds { get; set; } = [];

    /// <summary>Telegram user ids. Also <c>EDITOR_IDS</c>.</summary>
    public IReadOnlyList<long> EditorIds { get; set; } = [];
}

/// <summary>One of several tenants: Support__Tenants__0__Name and so on.</summary>
public sealed class TenantOptions
{
    public const string Section = "Support:Tenants";

    public string Name { get; set; } = "";

    public IReadOnlyList<string> Tokens { get; set; } = [];

    public long? AdminsChat { get; set; }

    public IReadOnlyList<long> OwnerIds { get; set; } = [];

    public IReadOnlyList<long> AdminIds { get; set; } = [];

    public IReadOnlyList<long> EditorIds { get; set; } = [];
}
