using Microsoft.Extensions.DependencyInjection;
using Support.Contracts;
using Support.Conversations;
using Support.Jobs;
using Support.Knowledge;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Tests.Questions;

/// <summary>
/// A whole desk but for Telegram, on a real PostgreSQL and a clock of the test's own: a customer writes and presses, everything that becomes due is done, and what
/// left for a chat is told. What is found for a question is the test's to say; documents are real, so that they can be removed.
/// </summary>
internal sealed class TalkDesk : IAsyncDisposable
{
    public const long Customer = 5001;
    public const long Group = -100777;
    private const long Admins = -100500;

    private readonly KnowledgeDesk _knowledge;
    private readonly Dictionary<string, Retrieved> _found = new(StringComparer.Ordinal);
    private long _lastUpdate;
    private long _lastMessage = 100;

    private TalkDesk(KnowledgeDesk knowledge, ManualClock clock) => (_knowledge, Clock) = (knowledge, clock);

    public ManualClock Clock { get; }

    public BotInfo Bot { get; private set; } = null!;

    public List<string> Asked { get; } = [];

    /// <summary>Called before each search with the question and for whom; may throw, or let time pass.</summary>
    public Action<string, Audience>? Searching { get; set; }

    public static async Task<TalkDesk> OpenAsync(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? add = null)
    {
        var clock = new ManualClock();
        TalkDesk? desk = null;
        var knowledge = await KnowledgeDesk.CreateAsync(new Dictionary<string, string?>(settings ?? []) { ["Support:Conversations:BurstSeconds"] = "0" }, (services, _) =>
        {
            services.AddSingleton<TimeProvider>(clock).AddSingleton<IMessenger, SilentMessenger>().AddSingleton<IKnowledgeIndex>(_ => new ToldIndex(desk!));
            add?.Invoke(services);
        });
        desk = new TalkDesk(knowledge, clock);
        await desk.Get<WorkerInstance>().StartAsync(CancellationToken.None);
        var tenant = await knowledge.AddTenantAsync();
        var bot = new BotId(900_000 + Random.Shared.Next(1, 90_000_000));
        var setup = desk.Get<TenantSetup>();
        await setup.EnsureBotAsync(tenant, bot, $"{bot.Value}:secret", "desk_bot", CancellationToken.None);
        await setup.SetAdminsChatAsync(tenant, bot, Admins, CancellationToken.None);
        desk.Bot = await desk.Get<BotDirectory>().FindAsync(bot, CancellationToken.None) ?? throw new InvalidOperationException("The bot is not there.");
        return desk;
    }

    public T Get<T>() where T : notnull => _knowledge.Services.GetRequiredService<T>();

    /// <summary>Publishes one document a title; every title's text is a sentence about it.</summary>
    public async Task<IReadOnlyList<Passage>> PublishAsync(Audience audience, params (string Title, double Score)[] passages)
    {
        var published = new List<Passage>();
        foreach (var (title, score) in passages)
        {
            var document = await _knowledge.PublishAsync(Bot.Tenant, $"{Guid.NewGuid():N}.md", audience, (title, TextOf(title)));
            var chunk = await OneAsync<long>("select id from chunk where document_id = @document", new { document });
            published.Add(new Passage(chunk, document, 1, audience, $"{title}.md", null, title, TextOf(title), score));
        }
        return published;
    }

    public static string TextOf(string title) => $"This is all that is known of: {title}.";

    public Task RemoveAsync(Passage passage) => _knowledge.RemoveAsync(Bot.Tenant, passage.DocumentId);

    /// <summary>What is found for these words, whoever asks.</summary>
    public void Finds(string question, IReadOnlyList<Passage> passages, double confidence, double coverage = 1, int contentWords = 3) =>
        _found[question] = new Retrieved(passages, confidence, new Dictionary<string, double> { ["same_title"] = .1, ["coverage"] = coverage }, contentWords, 100)
        {
            Shares = new Dictionary<string, double> { ["same_title"] = -.2, ["coverage"] = coverage < .4 ? -1 : 0 },
            WordsFound = ["товар"],
            WordsMissing = coverage < 1 ? ["<рассрочка>"] : [],
        };

    /// <summary>A message, everything that comes of it, and what the bot sent to the chat.</summary>
    public async Task<IReadOnlyList<Sent>> WriteAsync(string text, long chat = Customer, long from = Customer)
    {
        await ReceiveAsync(MessageOf(text, chat, from));
        return await SettleAsync(chat);
    }

    public Incoming MessageOf(string text, long chat = Customer, long from = Customer) =>
        new Incoming.MessageReceived(new IncomingMessage(ChatOf(chat), Person(from), ++_lastMessage, null, Clock.GetUtcNow()) { Text = text, MentionsBot = chat < 0 });

    /// <summary>A file, everything that comes of it, and what the bot sent to the customer.</summary>
    public async Task<IReadOnlyList<Sent>> SendAsync(params Medium[] files)
    {
        foreach (var file in files)
            await ReceiveAsync(FileOf(file));
        return await SettleAsync(Customer);
    }

    public Incoming FileOf(Medium file) =>
        new Incoming.MessageReceived(new IncomingMessage(ChatOf(Customer), Person(Customer), ++_lastMessage, null, Clock.GetUtcNow()) { Medium = file });

    /// <summary>What comes of answering the one conversation that is due.</summary>
    public async Task<Verdict> AnswerAsync()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var conversation = await OneAsync<long>("select id from conversation where due_at is not null");
        return await Get<AnswerQuestion>().HandleAsync(new QuestionDue(Bot.Tenant.Value, Bot.Id.Value, conversation), CancellationToken.None);
    }

    public async Task<IReadOnlyList<Sent>> CommandAsync(string command)
    {
        var message = new IncomingMessage(ChatOf(Customer), Person(Customer), ++_lastMessage, null, Clock.GetUtcNow()) { Text = "/" + command, Command = command };
        await ReceiveAsync(new Incoming.MessageReceived(message));
        return await SettleAsync(Customer);
    }

    public async Task<IReadOnlyList<Sent>> PressAsync(Sent under, string dataEnd, long from = Customer)
    {
        await ReceiveAsync(PressOf(under, dataEnd, from));
        return await SettleAsync(under.Chat);
    }

    /// <summary>A colleague sends the one ticket's draft.</summary>
    public async Task SendDraftAsync() =>
        await ReceiveAsync(new Incoming.ButtonPressed("query", Person(7001), ChatOf(Admins), 1, null, $"t:{await OneAsync<long>("select id from ticket")}:send"));

    /// <summary>A colleague closes the one ticket.</summary>
    public async Task CloseAsync() =>
        await ReceiveAsync(new Incoming.ButtonPressed("query", Person(7001), ChatOf(Admins), 1, null, $"t:{await OneAsync<long>("select id from ticket")}:close"));

    public static Incoming.ButtonPressed PressOf(Sent under, string dataEnd, long from = Customer) =>
        new("query", Person(from), ChatOf(under.Chat), under.Message, null, under.Buttons.Single(button => button.Data!.EndsWith(dataEnd, StringComparison.Ordinal)).Data!);

    public async Task ReceiveAsync(Incoming incoming) =>
        Assert.IsType<Verdict.Done>(await Get<ReceiveUpdate>().HandleAsync(Bot, Interlocked.Increment(ref _lastUpdate), incoming, CancellationToken.None));

    /// <summary>Answers whatever is due, and plays deliver-reply.</summary>
    public async Task<IReadOnlyList<Sent>> SettleAsync(long chat)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var conversation in await AllAsync<long>("select id from conversation where due_at is not null"))
            Assert.IsType<Verdict.Done>(await Get<AnswerQuestion>().HandleAsync(new QuestionDue(Bot.Tenant.Value, Bot.Id.Value, conversation), CancellationToken.None));
        return await DeliverAsync(chat);
    }

    private Task<IReadOnlyList<Sent>> DeliverAsync(long chat) => _knowledge.InAsync<IReadOnlyList<Sent>>(Bot.Tenant, async tx =>
    {
        var sent = new List<Sent>();
        foreach (var row in await tx.QueryAsync<Row>("select id, chat_id, conversation_id, question_id, ticket_id, purpose, body::text as body from outbox where state in (0, 1) order by id", null, CancellationToken.None))
        {
            var message = ++_lastMessage;
            await tx.ExecuteAsync("update outbox set state = 2 where id = @id", new { row.Id }, CancellationToken.None);
            var body = Outbox.Deserialize(row.Body);
            if (body is Outgoing.SendText)
                await tx.ExecuteAsync(
                    """
                    insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, question_id, ticket_id, purpose, sent_at)
                    values (@tenant, @bot, @chat, @message, @conversation, 1, @question, @ticket, @purpose, @now)
                    """,
                    new { tenant = tx.Tenant.Value, bot = Bot.Id.Value, chat = row.ChatId, message, conversation = row.ConversationId, question = row.QuestionId, ticket = row.TicketId, purpose = row.Purpose, now = Clock.GetUtcNow() },
                    CancellationToken.None);
            if (row.ChatId == chat)
                sent.Add(new Sent(chat, message, body));
        }
        return sent;
    });

    /// <summary>The card of the one ticket, as the admins got it.</summary>
    public Task<string> CardAsync() => OneAsync<string>("select body ->> 'html' from outbox where purpose = 'card'");

    public async Task<T> OneAsync<T>(string sql, object? parameters = null) => (await AllAsync<T>(sql, parameters)).Single();

    public Task<IReadOnlyList<T>> AllAsync<T>(string sql, object? parameters = null) =>
        _knowledge.InAsync(Bot.Tenant, tx => tx.QueryAsync<T>(sql, parameters, CancellationToken.None));

    private static Chat ChatOf(long chat) => new(chat, chat < 0 ? ChatKind.Supergroup : ChatKind.Private, null, false);

    private static Sender Person(long id) => new(id, $"Person {id}", null, null, "en", false);

    public ValueTask DisposeAsync() => _knowledge.DisposeAsync();

    private sealed class ToldIndex(TalkDesk desk) : IKnowledgeIndex
    {
        private static readonly Retrieved Nothing = new([], 0, new Dictionary<string, double>(), 2, 100);

        public ValueTask<Retrieved> SearchAsync(TenantId tenant, Audience audience, string question, long atLeast, CancellationToken cancellation)
        {
            desk.Searching?.Invoke(question, audience);
            if (audience == Audience.Customers)
                desk.Asked.Add(question);
            var found = desk._found.GetValueOrDefault(question) ?? Nothing with { ContentWords = ReadQuestion.Of(Support.Text.Tokenizer.Tokens(question)).ContentWords };
            return ValueTask.FromResult(audience == Audience.Staff ? found : found with { Passages = [.. found.Passages.Where(passage => passage.Audience == Audience.Customers)] });
        }

        public ValueTask ReachAsync(TenantId tenant, long change, CancellationToken cancellation) => ValueTask.CompletedTask;
    }

    private sealed record Row(long Id, long ChatId, long? ConversationId, long? QuestionId, long? TicketId, string Purpose, string Body);
}

/// <summary>What left for a chat.</summary>
internal sealed record Sent(long Chat, long Message, Outgoing Body)
{
    public string Html => Body switch { Outgoing.SendText text => text.Html, Outgoing.EditText edit => edit.Html, _ => "" };

    public IReadOnlyList<Button> Buttons => Body switch
    {
        Outgoing.SendText { Keyboard: { } keyboard } => [.. keyboard.Rows.SelectMany(row => row)],
        Outgoing.EditText { Keyboard: { } keyboard } => [.. keyboard.Rows.SelectMany(row => row)],
        _ => [],
    };
}
