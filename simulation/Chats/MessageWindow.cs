using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>
/// The last messages of a chat by id. Ids count up by one, so a ring indexed by id finds, replaces and forgets in constant
/// time; it grows only as far as it is used, because most chats stay short.
/// </summary>
internal sealed class MessageWindow(int capacity)
{
    private Message?[] _slots = new Message?[Math.Min(8, capacity)];
    private long _first = 1;

    public long LastId { get; private set; }

    public Message? Find(long id) => _slots[id % _slots.Length] is { } message && message.MessageId == id ? message : null;

    public void Put(Message message)
    {
        if (_first == 1 && LastId == 0)
            _first = message.MessageId;
        if (message.MessageId < _first)
            return;
        LastId = Math.Max(LastId, message.MessageId);
        while (LastId - _first >= _slots.Length && _slots.Length < capacity)
            Grow();
        _first = Math.Max(_first, LastId - _slots.Length + 1);
        if (message.MessageId >= _first)
            _slots[message.MessageId % _slots.Length] = message;
    }

    public void Remove(long id)
    {
        if (Find(id) is not null)
            _slots[id % _slots.Length] = null;
    }

    /// <summary>After a restart: ids that were used, though their messages may be gone.</summary>
    public void SkipTo(long lastId)
    {
        if (lastId <= LastId)
            return;
        LastId = lastId;
        _first = Math.Max(_first, LastId - capacity + 1);
    }

    public IEnumerable<Message> After(long id)
    {
        for (var next = Math.Max(id + 1, Math.Max(_first, LastId - _slots.Length + 1)); next <= LastId; next++)
        {
            if (Find(next) is { } message)
                yield return message;
        }
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Message?[Math.Min(capacity, old.Length * 2)];
        foreach (var message in old)
        {
            if (message is not null)
                _slots[message.MessageId % _slots.Length] = message;
        }
    }
}
