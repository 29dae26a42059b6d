using Support.Simulation.Wire;

namespace Support.Simulation;

internal sealed class TopicControl(Rooms rooms, TopicChanges topics)
{
    private const int DefaultColor = 0x6FB9F0;

    public void Apply(TopicChange change)
    {
        var room = rooms.Existing(change.Chat, null);
        if (room.Chat.IsForum is not true)
            throw Refusal.BadRequest($"chat {change.Chat} is not a forum");
        var by = change.From is { } given ? rooms.Person(room, given) : Creator(room);
        switch (change.Action)
        {
            case "create":
                topics.Open(room, by, change.Name ?? throw Refusal.BadRequest("a new topic needs a \"name\""), DefaultColor, null);
                break;
            case "close" or "reopen":
                topics.SetClosed(room, by, Topic(room, change), change.Action == "close");
                break;
            case "delete":
                topics.Delete(room, Topic(room, change));
                break;
            default:
                throw Refusal.BadRequest($"action is create, close, reopen or delete, not \"{change.Action}\"");
        }
    }

    private static User Creator(Room room) =>
        room.People.Values.FirstOrDefault(member => member.IsAdministrator)?.User ?? throw Refusal.BadRequest($"chat {room.Key.Chat} has no administrator; say \"from\"");

    private static Topic Topic(Room room, TopicChange change) =>
        room.Topics.GetValueOrDefault(change.Thread ?? 0) ?? throw Refusal.BadRequest($"there is no topic {change.Thread} in chat {room.Key.Chat}");
}
