using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>
/// A Telegram with a strict Bot API: bots talk to it over HTTP (<see cref="SimulationEndpoints.MapBotApi"/>), people through
/// this class or its HTTP twin (<see cref="SimulationEndpoints.MapSimulationControl"/>). Dispose it to stop delivering; with a
/// data folder everything is there again the next time, also after the process was killed.
/// </summary>
public sealed class SimulatedTelegram : IAsyncDisposable
{
    private readonly SimulationOptions _options;
    private readonly FaultList _faults = new();
    private readonly Broadcast<SentMessage> _sent = new();
    private readonly Broadcast<DeliveredUpdate> _delivered = new();
    private readonly WebhookPost _post;
    private readonly Rooms _rooms;
    private readonly Opening _opening;
    private readonly PeoplesSide _people;

    public SimulatedTelegram(SimulationOptions options, ILogger<SimulatedTelegram>? logger = null)
    {
        _options = options;
        World = new World(options);
        _post = new WebhookPost(options.Clock);
        Webhooks = new WebhookDelivery(World, _post, Counters, _delivered, options.LongestWebhookPause, logger ?? NullLogger<SimulatedTelegram>.Instance);
        Feed = new UpdateFeed(World, Webhooks, Counters);
        Postings = new Postings(World, Feed, Changes, _sent);
        Topics = new TopicChanges(World, Postings);
        Memberships = new Memberships(World, Postings, Feed);
        _rooms = new Rooms(World);
        _opening = new Opening(World, _rooms);
        _people = new PeoplesSide(World, _rooms, Postings, Memberships, Feed);
        lock (World.Gate)
        {
            _opening.Prepare(options);
            foreach (var bot in World.Bots)
                Webhooks.WakeAll(bot);
        }
    }

    internal World World { get; }

    internal WebhookDelivery Webhooks { get; }

    internal UpdateFeed Feed { get; }

    internal Postings Postings { get; }

    internal TopicChanges Topics { get; }

    internal Memberships Memberships { get; }

    internal ChangeLog Changes { get; } = new();

    internal Counters Counters { get; } = new();

    /// <summary>Writes as a person: to a bot, or in a group.</summary>
    public Message Write(UserMessage message)
    {
        lock (World.Gate)
            return _people.Write(message);
    }

    public Message SendFile(UserFile sent)
    {
        var file = Keep(new UploadedFile(sent.Name, sent.MediaType, sent.Bytes), sent.Kind);
        lock (World.Gate)
            return _people.SendFile(sent, file);
    }

    /// <summary>Presses a button as a person. Whether and how the bot answers, <see cref="Callback"/> tells.</summary>
    public PressedButton Press(ButtonPress press)
    {
        lock (World.Gate)
            return _people.Press(press);
    }

    public PressedButton? Callback(string id)
    {
        lock (World.Gate)
            return World.Callback(id);
    }

    public void SetMember(MembershipChange change)
    {
        lock (World.Gate)
            new MembershipControl(_rooms, Memberships).Apply(change);
    }

    public void ChangeTopic(TopicChange change)
    {
        lock (World.Gate)
            new TopicControl(_rooms, Topics).Apply(change);
    }

    public void Migrate(Migration migration)
    {
        lock (World.Gate)
            new MigrationControl(World, _rooms, Postings).Apply(migration);
    }

    public void AddBot(SimulatedBot bot)
    {
        lock (World.Gate)
            _opening.Add(bot);
    }

    /// <summary>Does nothing for a chat that is there.</summary>
    public void AddChat(SimulatedChat chat)
    {
        lock (World.Gate)
            _opening.Add(chat);
    }

    /// <summary>Messages of both sides with an id above <paramref name="after"/>, the oldest first. Of a chat that does not exist: none.</summary>
    /// <param name="chat">As in <see cref="UserMessage.Chat"/>.</param>
    /// <param name="bot">Whose private chat; the first bot if null.</param>
    public IReadOnlyList<Message> Messages(long chat, long after = 0, long? bot = null)
    {
        lock (World.Gate)
            return World.Room(RoomKey.For(_rooms.Bot(bot).Id, chat)) is { } room ? [.. room.Messages.After(after)] : [];
    }

    /// <summary>The chats of one bot (the first if null): customers', admins', editor's, and the groups.</summary>
    public IReadOnlyList<ChatSummary> Chats(long? bot = null)
    {
        lock (World.Gate)
            return ChatList.Of(World, _rooms.Bot(bot));
    }

    public void AddFault(Fault fault) => _faults.Add(fault);

    public void ClearFaults() => _faults.Clear();

    public SimulationStats Stats()
    {
        lock (World.Gate)
            return Counters.Read(World.Bots.Sum(bot => bot.Pending.Count));
    }

    /// <summary>Chats whose updates wait for a webhook, in words, for whoever looks into why.</summary>
    public IReadOnlyList<string> Waiting()
    {
        lock (World.Gate)
        {
            return [.. from bot in World.Bots
                       from lane in bot.Pending.Lanes
                       select $"bot {bot.Id} {lane.Key}: {lane.Value.Updates.Count} updates, {lane.Value.State}, {lane.Value.Failures} failures, webhook {bot.State.Webhook?.Url ?? "none"}, last error {bot.State.LastError?.Message ?? "none"}"];
        }
    }

    /// <summary>Messages that bots send or edit from now on. Ask before the first one is due.</summary>
    public Watch<SentMessage> WatchSent() => _sent.Watch();

    /// <summary>Updates that webhooks acknowledge from now on.</summary>
    public Watch<DeliveredUpdate> WatchDelivered() => _delivered.Watch();

    internal Task NextChangeAsync()
    {
        lock (World.Gate)
            return Changes.NextAsync();
    }

    internal Fault? TakeFault(string method) => _faults.Take(method);

    internal Bot? BotByToken(string token)
    {
        lock (World.Gate)
            return World.BotByToken(token);
    }

    /// <summary>Carries out one call of a bot; throws a <see cref="Refusal"/> when Telegram would refuse it.</summary>
    internal async Task<Reply> CallAsync(Bot bot, SpecifiedMethod method, RawArguments raw, CancellationToken cancellation)
    {
        var call = new Call(method.Name, bot, ArgumentCheck.Check(method.Name, method.Parameters, raw.Values), this);
        if (method.Name == "getUpdates")
            return await GetUpdates.PollAsync(call, cancellation);
        var run = BotMethods.Find(method.Name) ?? throw new InvalidOperationException($"{method.Name} is in the specification but not in {nameof(BotMethods)}.");
        lock (World.Gate)
            return run(call);
    }

    internal void HoldToLimits(Bot bot, Room room)
    {
        if (_options.EnforceLimits && bot.Limits.Take(room.Key.Chat) is { } wait)
            throw Refusal.TooManyRequests(Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
    }

    /// <summary>Written outside the gate, since a file may be large.</summary>
    internal StoredFile Keep(UploadedFile upload, FileKind kind)
    {
        var file = World.Files.Keep(upload, kind);
        lock (World.Gate)
            World.Commit(new JournalEntry { File = file });
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await Webhooks.DisposeAsync();
        _post.Dispose();
        World.Dispose();
    }
}
