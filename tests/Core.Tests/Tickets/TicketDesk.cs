using Dapper;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Conversations;
using Support.Database;
using Support.Questions;
using Support.Tenants;
using Support.Tickets;

namespace Support.Tests.Tickets;

/// <summary>A company with a bot, a customer and an admins' group. All share one database; that they do not notice is itself what is tested.</summary>
public sealed class TicketDesk
{
    private static readonly Lazy<Task<DeskDatabase>> Shared = new(MigrateAsync);
    private static long _lastBot = 77000;

    public const long Customer = 1001;
    public const long Owner = 1;
    public const long Boris = 2;
    public const long Vera = 3;
    public const long Group = -100500;

    private int _lastMessage = 500;

    private TicketDesk(DeskDatabase database) => Database = database;

    public DeskDatabase Database { get; }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public BotInfo Bot { get; set; } = null!;

    public ConversationRef Anna { get; private set; } = null!;

    public static async Task<TicketDesk> CreateAsync() => await CreateAsync(await Shared.Value);

    /// <summary>In a database of its own, for what looks at all companies.</summary>
    public static async Task<TicketDesk> CreateAsync(DeskDatabase database)
    {
        var desk = new TicketDesk(database);
        desk.Bot = await desk.AddTenantAsync();
        desk.Anna = await desk.AddConversationAsync(desk.Bot, Customer, Customer, "Анна", "ru");
        return desk;
    }

    private static async Task<DeskDatabase> MigrateAsync()
    {
        var database = new DeskDatabase(Options.Create(new DatabaseOptions { ConnectionString = await TestDatabase.CreateAsync(), Connections = 40 }));
        await new Migrator(database).RunAsync(CancellationToken.None);
        return database;
    }

    public async Task<BotInfo> AddTenantAsync()
    {
        var tenant = new TenantId(Guid.NewGuid());
        var bot = Interlocked.Increment(ref _lastBot);
        await using var connection = await Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into tenant (id, name) values (@id, @name)", new { id = tenant.Value, name = tenant.ToString() });
        await connection.ExecuteAsync("insert into bot (id, tenant_id, token) values (@bot, @tenant, '')", new { bot, tenant = tenant.Value });
        var owner = new StaffMember(Owner, "Olga", IsOwner: true, IsAdmin: false, IsEditor: false, Started: true);
        return new BotInfo(new BotId(bot), tenant, "acme_bot", 1, Group, new Dictionary<long, StaffMember> { [Owner] = owner });
    }

    public async Task<ConversationRef> AddConversationAsync(BotInfo bot, long chat, long person, string name, string language)
    {
        await using var tx = await Database.BeginAsync(bot.Tenant, CancellationToken.None);
        var at = new { tenant = bot.Tenant.Value, bot = bot.Id.Value, chat, person, name, language };
        await tx.ExecuteAsync("insert into person (tenant_id, id, name) values (@tenant, @person, @name) on conflict do nothing", at, CancellationToken.None);
        var id = await tx.FirstAsync<long>(
            "insert into conversation (tenant_id, bot_id, chat_id, person_id, language) values (@tenant, @bot, @chat, @person, @language) returning id", at, CancellationToken.None);
        await tx.CommitAsync(CancellationToken.None);
        return new ConversationRef(id, chat, person, name, language, InGroup: chat != person, ReplyToMessage: null);
    }

    public Task AddGroupAsync(bool forum) => ExecuteAsync(
        "insert into chat (tenant_id, bot_id, id, kind, is_forum, can_manage_topics) values (@tenant, @bot, @chat, 2, @forum, @forum)",
        new { tenant = Bot.Tenant.Value, bot = Bot.Id.Value, chat = Group, forum });

    public Task AddCustomerMessageAsync(long message, string? text, bool medium = false) => ExecuteAsync(
        """
        insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, text, medium, sent_at)
        values (@tenant, @bot, @chat, @message, @conversation, 0, @text, @medium::jsonb, @now)
        """,
        new { tenant = Bot.Tenant.Value, bot = Bot.Id.Value, chat = Anna.Chat, message, conversation = Anna.Id, text, medium = medium ? "{}" : null, now = Now });

    public Task<OpenedTicket> OpenAsync(string question = "Как вернуть товар?", string reason = Reasons.LowConfidence, string? draft = "В течение 14 дней.") =>
        OpenAsync(Anna, new NewTicket(reason, question, draft, [], null, []));

    public Task<OpenedTicket> OpenAsync(ConversationRef conversation, NewTicket ticket) =>
        InAsync(tx => new OpenTicket().InsideAsync(tx, Bot, Now, conversation, ticket, CancellationToken.None));

    public async Task<OpenedTicket> OpenOfSomebodyAsync(long person, string question) =>
        await OpenAsync(await AddConversationAsync(Bot, person, person, $"Customer {person}", "en"), new NewTicket(Reasons.NothingFound, question, null, [], null, []));

    /// <summary>Plays deliver-reply: everything waiting gets a message id and is noted as sent.</summary>
    public Task DeliverAllAsync() => InAsync(async tx =>
    {
        foreach (var row in await tx.QueryAsync<SentRow>("select * from outbox where state = 0 order by id", null, CancellationToken.None))
        {
            var message = ++_lastMessage;
            await tx.ExecuteAsync("update outbox set state = 2, sent_message_id = @message where id = @id", new { message, id = row.Id }, CancellationToken.None);
            if (row is { Purpose: Purposes.Card, TicketId: { } carded })
                await new CardSent().CardAsync(tx, Bot, Now, carded, row.ChatId, message, Outbox.Deserialize(row.Body), CancellationToken.None);
            if (row is { Purpose: Purposes.Topic, TicketId: { } topical })
                await new CardSent().TopicAsync(tx, topical, row.ChatId, message, CancellationToken.None);
            if (row.Body.Contains("\"text\"", StringComparison.Ordinal) || row.Body.Contains("\"copy\"", StringComparison.Ordinal))
                await tx.ExecuteAsync(
                    """
                    insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, ticket_id, purpose, sent_at)
                    values (@tenant, @bot, @chat, @message, @conversation, 1, @ticket, @purpose, @now)
                    """,
                    new { tenant = tx.Tenant.Value, bot = Bot.Id.Value, chat = row.ChatId, message, conversation = row.ConversationId, ticket = row.TicketId, purpose = row.Purpose, now = Now },
                    CancellationToken.None);
        }
        return 0;
    });

    public async Task<IReadOnlyList<OutboxMessage>> WaitingAsync(long chat)
    {
        var rows = await InAsync(tx => tx.QueryAsync<SentRow>("select * from outbox where state = 0 and chat_id = @chat order by id", new { chat }, CancellationToken.None));
        return [.. rows.Select(r => new OutboxMessage(r.ChatId, r.Purpose, Outbox.Deserialize(r.Body)) { InTopic = r.InTopic, Ticket = r.TicketId, Conversation = r.ConversationId })];
    }

    public async Task<IReadOnlyList<string>> TextsAsync(long chat) => [.. (await WaitingAsync(chat)).Select(m => TextOf(m.Body)).OfType<string>()];

    public static string? TextOf(Outgoing body) => body switch
    {
        Outgoing.SendText text => text.Html,
        Outgoing.EditText edit => edit.Html,
        _ => null,
    };

    public Task<TicketState> TicketAsync(long id) => InAsync(async tx =>
        await tx.FirstAsync<TicketState>(
            "select *, (select ticket_id from conversation c where c.id = t.conversation_id) as of_conversation from ticket t where id = @id", new { id }, CancellationToken.None)
        ?? throw new InvalidOperationException($"No ticket {id}."));

    public async Task<IReadOnlyList<string>> EventsAsync(long ticket) =>
        await InAsync(tx => tx.QueryAsync<string>("select kind from ticket_event where ticket_id = @ticket order by id", new { ticket }, CancellationToken.None));

    public async Task<IReadOnlyList<string>> AuditAsync() =>
        await InAsync(tx => tx.QueryAsync<string>("select action from audit order by id", null, CancellationToken.None));

    /// <summary>One press of a button in one transaction; returns the notice.</summary>
    public async Task<string?> PressAsync(long person, string data, long chat = Group, long? message = null, BotInfo? bot = null)
    {
        await using var tx = await Database.BeginAsync((bot ?? Bot).Tenant, CancellationToken.None);
        var scope = new UpdateScope(tx, bot ?? Bot, Now);
        Assert(await new TicketButtons().HandleAsync(scope, Press(person, data, chat, message), CancellationToken.None), "The button was not taken for a ticket's.");
        await tx.CommitAsync(CancellationToken.None);
        return await NoticeAsync(scope);
    }

    public static Incoming.ButtonPressed Press(long person, string data, long chat, long? message) =>
        new("query", From(person), new Chat(chat, chat < 0 ? ChatKind.Supergroup : ChatKind.Private, null, false), message, null, data);

    public static async Task<string?> NoticeAsync(UpdateScope scope)
    {
        var messenger = new NoticeBoard();
        foreach (var effect in scope.Afterwards)
            await effect(messenger, CancellationToken.None);
        return messenger.Notice;
    }

    /// <summary>One message in the admins' group (or elsewhere); returns whether it was handled.</summary>
    public async Task<bool> WriteAsync(long person, string? text, RepliedTo? replyTo = null, long? thread = null, long chat = Group, Func<IncomingMessage, IncomingMessage>? with = null)
    {
        var message = new IncomingMessage(new Chat(chat, chat < 0 ? ChatKind.Supergroup : ChatKind.Private, null, thread is not null), From(person), ++_lastMessage, thread, Now)
        {
            Text = text,
            ReplyTo = replyTo,
            Command = text is ['/', .. var command] ? command : null,
        };
        await using var tx = await Database.BeginAsync(Bot.Tenant, CancellationToken.None);
        var handled = await new AdminMessages().HandleAsync(new UpdateScope(tx, Bot, Now), with?.Invoke(message) ?? message, CancellationToken.None);
        await tx.CommitAsync(CancellationToken.None);
        return handled;
    }

    public int LastMessage => _lastMessage;

    public static RepliedTo ByBot(long message) => new(message, 77000, FromIsBot: true);

    private static Sender From(long person) =>
        new(person, person switch { Boris => "Boris", Vera => "Vera", Owner => "Olga", _ => $"Person {person}" }, null, null, "en", IsBot: false);

    public Task<T> InAsync<T>(Func<TenantTransaction, Task<T>> work) => InAsync(Bot, work);

    public async Task<T> InAsync<T>(BotInfo bot, Func<TenantTransaction, Task<T>> work)
    {
        await using var tx = await Database.BeginAsync(bot.Tenant, CancellationToken.None);
        var result = await work(tx);
        await tx.CommitAsync(CancellationToken.None);
        return result;
    }

    public Task ExecuteAsync(string sql, object parameters) => InAsync(tx => tx.ExecuteAsync(sql, parameters, CancellationToken.None));

    /// <summary>As the desk's own role, which owns the tables.</summary>
    public async Task ExecuteAsOwnerAsync(string sql)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private static void Assert(bool condition, string message)
    {
        if (!condition)
            throw new InvalidOperationException(message);
    }

    private sealed record SentRow
    {
        public long Id { get; init; }
        public long ChatId { get; init; }
        public long? ConversationId { get; init; }
        public long? TicketId { get; init; }
        public string Purpose { get; init; } = "";
        public bool InTopic { get; init; }
        public string Body { get; init; } = "";
    }
}

public sealed record TicketState
{
    public string State { get; init; } = "";
    public int Number { get; init; }
    public string Question { get; init; } = "";
    public long? TakenBy { get; init; }
    public long? CardChatId { get; init; }
    public long? CardMessageId { get; init; }
    public long? TopicId { get; init; }
    public DateTime? FirstReplyAt { get; init; }
    public long? OfConversation { get; init; }
}
