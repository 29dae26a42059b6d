using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>What happens to topics, whoever does it; each change is also a service message, as at Telegram.</summary>
internal sealed class TopicChanges(World world, Postings postings)
{
    public Topic Open(Room room, User by, string name, int color, string? emoji)
    {
        var opened = postings.Add(room, new Message(0, 0, room.Chat)
        {
            From = by,
            MessageThreadId = room.Messages.LastId + 1,
            IsTopicMessage = true,
            ForumTopicCreated = new ForumTopicCreated(name, color) { IconCustomEmojiId = emoji },
        });
        var topic = new Topic(opened.MessageId, name, color, false) { IconCustomEmojiId = emoji };
        Save(room, topic);
        postings.Announce(room, opened);
        return topic;
    }

    public void Rename(Room room, User by, Topic topic)
    {
        Save(room, topic);
        Tell(room, by, topic, message => message with { ForumTopicEdited = new ForumTopicEdited { Name = topic.Name, IconCustomEmojiId = topic.IconCustomEmojiId } });
    }

    public void SetClosed(Room room, User by, Topic topic, bool closed)
    {
        Save(room, topic with { IsClosed = closed });
        Tell(room, by, topic, message => closed ? message with { ForumTopicClosed = new ForumTopicClosed() } : message with { ForumTopicReopened = new ForumTopicReopened() });
    }

    /// <summary>Its messages go with it.</summary>
    public void Delete(Room room, Topic topic)
    {
        world.Commit(new JournalEntry { Topic = new TopicState(room.Key.Chat, topic) { Deleted = true } });
        foreach (var message in room.Messages.After(0).Where(message => message.MessageThreadId == topic.Id).ToList())
            postings.Remove(room, message.MessageId);
    }

    private void Save(Room room, Topic topic) => world.Commit(new JournalEntry { Topic = new TopicState(room.Key.Chat, topic) });

    private void Tell(Room room, User by, Topic topic, Func<Message, Message> what)
    {
        var message = new Message(0, 0, room.Chat) { From = by, MessageThreadId = topic.Id, IsTopicMessage = true };
        postings.Announce(room, postings.Add(room, what(message)));
    }
}
