namespace Support.Tenants;

/// <summary>One company. A random UUID; never shown to customers.</summary>
public readonly record struct TenantId(Guid Value)
{
    public override string ToString() => Value.ToString("D");

    public static TenantId Parse(string text) => new(Guid.ParseExact(text, "D"));
}

/// <summary>One Telegram bot; the number in front of the colon in its token.</summary>
public readonly record struct BotId(long Value)
{
    public override string ToString() => Value.ToString();
}
