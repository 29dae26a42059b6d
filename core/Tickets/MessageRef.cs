namespace Support.Tickets;

/// <summary>One message in one chat, by Telegram's ids.</summary>
internal sealed record MessageRef(long Chat, long Message);
