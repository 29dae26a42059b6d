using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>How a message enters a chat, changes and leaves, whoever wrote it. Called under the world's gate.</summary>
internal sealed class Postings(World world, UpdateFeed feed, ChangeLog changes, Broadcast<SentMessage> sent)
{
    /// <summary>Gives the message its id and date. Nobody is told yet.</summary>
    public Message Add(Room room, Message draft)
    {
        var message = draft with { MessageId = room.Messages.LastId + 1, Date = world.Now.ToUnixTimeSeconds(), Chat = room.Chat };
        Store(room, message);
        return message;
    }

    /// <summary>What a bot sends counts against its limits, and is the end of a question's way for whoever measures it.</summary>
    public Message Send(Call call, Room room, Message draft)
    {
        call.Telegram.HoldToLimits(call.Bot, room);
        var message = Add(room, draft with { From = call.Bot.User });
        Publish(call, message);
        return message;
    }

    public void Replace(Room room, Message message) => Store(room, message);

    public void Publish(Call call, Message message)
    {
        if (sent.IsWatched)
            sent.Publish(new SentMessage(call.Bot.Id, call.Method, message, world.Clock.GetTimestamp()));
    }

    public void Remove(Room room, long messageId)
    {
        world.Commit(new JournalEntry { MessageRemoved = new MessageRemoved(room.Key.Bot, room.Key.Chat, messageId) });
        changes.Add(number => new Change.Removed(number, room.Key.Bot, room.Key.Chat, messageId));
    }

    /// <summary>Tells the bots of the chat that may see it, but not the one that wrote it.</summary>
    public void Announce(Room room, Message message)
    {
        foreach (var (id, standing) in room.Bots)
        {
            if (!standing.IsPresent || message.From?.Id == id || world.BotById(id) is not { } bot)
                continue;
            if (GroupPrivacy.Shows(room, standing, bot, message))
                feed.Emit(bot, number => message.EditDate is null ? new Update(number) { Message = message } : new Update(number) { EditedMessage = message });
        }
    }

    private void Store(Room room, Message message)
    {
        world.Commit(new JournalEntry { Message = new MessageState(room.Key.Bot, message) });
        changes.Add(number => new Change.Wrote(number, room.Key.Bot, message));
    }
}
