using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>A chat with its people, bots, topics and latest messages.</summary>
internal sealed class Room(RoomKey key, Chat chat, int messagesKept)
{
    public RoomKey Key { get; } = key;

    public Chat Chat { get; set; } = chat;

    public ChatAudience Audience { get; set; }

    public Dictionary<long, ChatMember> People { get; } = [];

    /// <summary>In a private chat: "member" once the person has pressed Start, "kicked" while the bot is blocked.</summary>
    public Dictionary<long, ChatMember> Bots { get; } = [];

    public Dictionary<long, Topic> Topics { get; } = [];

    public MessageWindow Messages { get; } = new(messagesKept);

    public long? PinnedId { get; set; }

    /// <summary>A group that became a supergroup answers every call with the new id.</summary>
    public long? MigratedTo { get; set; }

    public bool IsPrivate => Key.Chat > 0;

    /// <summary>As Telegram's error texts call it.</summary>
    public string Noun => Chat.Type == "supergroup" ? "supergroup" : "group";

    public ChatMember? PersonOrBot(long id) => People.GetValueOrDefault(id) ?? Bots.GetValueOrDefault(id);
}
