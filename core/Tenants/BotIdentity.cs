namespace Support.Tenants;

/// <summary>Who a bot is in its chats.</summary>
/// <param name="Username">Without the @; compared without regard to case.</param>
public readonly record struct BotIdentity(BotId Id, string Username);
