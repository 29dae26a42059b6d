namespace Support.Simulation;

/// <summary>
/// Everything the simulated Telegram knows. All of it is read and changed under <see cref="Gate"/>, which is held so shortly
/// that one lock for everything costs less than many.
/// </summary>
internal sealed class World : IDisposable
{
    /// <summary>Answered callbacks are kept for whoever pressed the button to look at.</summary>
    private const int CallbacksKept = 10_000;

    private readonly SimulationOptions _options;
    private readonly Journal? _journal;
    private readonly Dictionary<long, Bot> _bots = [];
    private readonly Dictionary<string, Bot> _botsByToken = new(StringComparer.Ordinal);
    private readonly Dictionary<RoomKey, Room> _rooms = [];
    private readonly Dictionary<string, PressedButton> _callbacks = new(StringComparer.Ordinal);
    private readonly Queue<string> _callbackOrder = new();

    public World(SimulationOptions options)
    {
        _options = options;
        Files = new FileStore(options.DataFolder);
        if (options.DataFolder is null)
            return;
        _journal = new Journal(options.DataFolder);
        foreach (var entry in _journal.Read())
            Apply(entry);
        _journal.StartFrom(Snapshot());
    }

    public Lock Gate { get; } = new();

    public TimeProvider Clock => _options.Clock;

    public DateTimeOffset Now => _options.Clock.GetUtcNow();

    public FileStore Files { get; }

    public IReadOnlyCollection<Bot> Bots => _bots.Values;

    public IReadOnlyCollection<Room> Rooms => _rooms.Values;

    public Bot? BotByToken(string token) => _botsByToken.GetValueOrDefault(token);

    public Bot? BotById(long id) => _bots.GetValueOrDefault(id);

    public Room? Room(RoomKey key) => _rooms.GetValueOrDefault(key);

    public PressedButton? Callback(string id) => _callbacks.GetValueOrDefault(id);

    /// <summary>Changes the world and writes the change down.</summary>
    public void Commit(JournalEntry entry)
    {
        Apply(entry);
        Write(entry);
    }

    /// <summary>Writes a room down after one of its members was changed in place.</summary>
    public void Commit(Room room) => Write(new JournalEntry { Room = StateOf(room) });

    private void Write(JournalEntry entry)
    {
        _journal?.Append(entry);
        if (_journal is { IsOvergrown: true })
            _journal.StartFrom(Snapshot());
    }

    private void Apply(JournalEntry entry)
    {
        switch (entry)
        {
            case { Message: { } message }:
                _rooms[RoomKey.For(message.Bot, message.Message.Chat.Id)].Messages.Put(message.Message);
                break;
            case { Update: { } emitted }:
                var bot = _bots[emitted.Bot];
                bot.LastUpdateId = Math.Max(bot.LastUpdateId, emitted.Update.UpdateId);
                bot.Pending.Add(new PendingUpdate(emitted.Update, DateTimeOffset.FromUnixTimeMilliseconds(emitted.Expires)));
                break;
            case { Settled: { } settled }:
                _bots[settled.Bot].Pending.Settle(settled.UpdateId);
                break;
            case { Callback: { } callback }:
                Apply(callback);
                break;
            case { MessageRemoved: { } removed }:
                _rooms[RoomKey.For(removed.Bot, removed.Chat)].Messages.Remove(removed.MessageId);
                break;
            case { Topic: { Deleted: true } topic }:
                _rooms[RoomKey.For(0, topic.Chat)].Topics.Remove(topic.Topic.Id);
                break;
            case { Topic: { } topic }:
                _rooms[RoomKey.For(0, topic.Chat)].Topics[topic.Topic.Id] = topic.Topic;
                break;
            case { File: { } file }:
                Files.Add(file);
                break;
            case { Room: { } room }:
                Apply(room);
                break;
            case { Bot: { } state }:
                Apply(state);
                break;
        }
    }

    private void Apply(PressedButton callback)
    {
        if (!_callbacks.ContainsKey(callback.Id))
            _callbackOrder.Enqueue(callback.Id);
        _callbacks[callback.Id] = callback;
        if (_callbackOrder.Count > CallbacksKept)
            _callbacks.Remove(_callbackOrder.Dequeue());
    }

    private void Apply(RoomState state)
    {
        var key = RoomKey.For(state.Bot, state.Chat.Id);
        if (!_rooms.TryGetValue(key, out var room))
            _rooms[key] = room = new Room(key, state.Chat, _options.MessagesKeptPerChat);
        room.Chat = state.Chat;
        room.Audience = state.Audience;
        room.PinnedId = state.PinnedId;
        room.MigratedTo = state.MigratedTo;
        foreach (var person in state.People)
            room.People[person.User.Id] = person;
        foreach (var bot in state.Bots)
            room.Bots[bot.User.Id] = bot;
        room.Messages.SkipTo(state.LastMessageId);
    }

    private void Apply(BotState state)
    {
        if (!_bots.TryGetValue(state.Id, out var bot))
            _bots[state.Id] = bot = new Bot(state, _options.Clock);
        _botsByToken.Remove(bot.State.Token);
        bot.Become(state);
        bot.LastUpdateId = Math.Max(bot.LastUpdateId, state.LastUpdateId);
        _botsByToken[state.Token] = bot;
    }

    private IEnumerable<JournalEntry> Snapshot()
    {
        foreach (var bot in _bots.Values)
            yield return new JournalEntry { Bot = bot.State with { LastUpdateId = bot.LastUpdateId } };
        foreach (var room in _rooms.Values)
        {
            yield return new JournalEntry { Room = StateOf(room) with { LastMessageId = room.Messages.LastId } };
            foreach (var topic in room.Topics.Values)
                yield return new JournalEntry { Topic = new TopicState(room.Key.Chat, topic) };
            foreach (var message in room.Messages.After(0))
                yield return new JournalEntry { Message = new MessageState(room.Key.Bot, message) };
        }
        foreach (var file in Files.All)
            yield return new JournalEntry { File = file };
        foreach (var id in _callbackOrder)
            yield return new JournalEntry { Callback = _callbacks[id] };
        foreach (var bot in _bots.Values)
        {
            foreach (var update in bot.Pending.All)
                yield return new JournalEntry { Update = new UpdateEmitted(bot.Id, update.Update, update.Expires.ToUnixTimeMilliseconds()) };
        }
    }

    private static RoomState StateOf(Room room) =>
        new(room.Key.Bot, room.Chat, room.Audience, [.. room.People.Values], [.. room.Bots.Values]) { PinnedId = room.PinnedId, MigratedTo = room.MigratedTo };

    public void Dispose() => _journal?.Dispose();
}
