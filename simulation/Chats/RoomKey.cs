namespace Support.Simulation;

/// <summary>A chat as one bot sees it. A private chat belongs to one bot and one person; a group is the same for all bots (bot 0).</summary>
public readonly record struct RoomKey(long Bot, long Chat)
{
    public static RoomKey For(long bot, long chat) => new(chat > 0 ? bot : 0, chat);
}
