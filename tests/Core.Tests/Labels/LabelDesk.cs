using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Contracts;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Knowledge;
using Support.Labels;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;
using Support.Tests.Questions;
using Support.Tests.Tickets;

namespace Support.Tests.Labels;

/// <summary>A company with documents, customers' questions and a staff, in a real PostgreSQL with the real index. Its clock stands until a test moves it.</summary>
internal sealed class LabelDesk : IAsyncDisposable
{
    public const long Owner = 1;
    public const long Editor = 2;
    public const long Customer = 1001;
    public const long Group = -100500;

    private static readonly SecretBox Box = new("dGVzdCBtYXN0ZXIga2V5IHRlc3QgbWFzdGVyIGtleSE=");
    private static long _lastBot = 88000;

    private int _lastMessage = 100;

    private LabelDesk(KnowledgeDesk desk) => Desk = desk;

    public KnowledgeDesk Desk { get; }

    public BotInfo Bot { get; private set; } = null!;

    public TenantId Tenant => Bot.Tenant;

    public ManualClock Clock { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Null: the real index.</summary>
    public IKnowledgeIndex? Index { get; set; }

    public LabelRound Round => Index is null ? Desk.Services.GetRequiredService<LabelRound>() : new LabelRound(Desk.Database, WithoutModels.Passages(Index), NullLogger<LabelRound>.Instance);

    public static async Task<LabelDesk> OpenAsync()
    {
        var desk = new LabelDesk(await KnowledgeDesk.CreateAsync([], (_, _) => { }));
        var tenant = await desk.Desk.AddTenantAsync();
        var bot = new BotId(Interlocked.Increment(ref _lastBot));
        var staff = new Dictionary<long, StaffMember>
        {
            [Owner] = new(Owner, "Olga", IsOwner: true, IsAdmin: false, IsEditor: false, Started: true),
            [Editor] = new(Editor, "Eve", IsOwner: false, IsAdmin: false, IsEditor: true, Started: true),
        };
        desk.Bot = new BotInfo(bot, tenant, "acme_bot", 1, Group, staff);
        var setup = new TenantSetup(desk.Desk.Database, new BotDirectory(desk.Desk.Database, Box, desk.Clock), Box);
        await setup.EnsureBotAsync(tenant, bot, $"{bot}:secret", "acme_bot", CancellationToken.None);
        await setup.SetAdminsChatAsync(tenant, bot, Group, CancellationToken.None);
        return desk;
    }

    public Task PublishAsync(string name, params (string Title, string Text)[] chunks) => Desk.PublishAsync(Tenant, name, Audience.Customers, chunks);

    /// <summary>A shop that sells so many things, and a chunk about each.</summary>
    public Task PublishThingsAsync(int count) => PublishAsync("things.md", [.. Enumerable.Range(0, count).Select(Thing)]);

    public static (string Title, string Text) Thing(int i) => ($"things.md / {Name(i)}", $"The {Name(i)} costs {i + 100} roubles and weighs {i + 2} kilograms. It is made of oak.");

    public static string Name(int i) => $"{"bcdfghklmn"[i / 10 % 10]}o{"prstvzbdgk"[i % 10]}u{"lmnrst"[i / 100 % 6]}ator";

    public static string PriceOf(int i) => $"What does the {Name(i)} cost?";

    /// <summary>A customer asked, and the desk did as it does: the confidence is that of the index now.</summary>
    public async Task<long> AskedAsync(string question, string decision = "answer", long person = Customer)
    {
        var found = await Desk.AskAsync(Tenant, question);
        return await InAsync(async tx =>
        {
            var conversation = await ConversationAsync(tx, person);
            return await tx.FirstAsync<long>(
                """
                insert into question (tenant_id, conversation_id, text, language, decision, reason, confidence, passages, features, asked_at, answered_at)
                values (@tenant, @conversation, @question, 'en', @decision, @reason, @confidence, @passages::jsonb, @features::jsonb, @now, @now) returning id
                """,
                new
                {
                    tenant = Tenant.Value,
                    conversation,
                    question,
                    decision,
                    reason = decision == "escalate" ? Reasons.LowConfidence : null,
                    confidence = found.Confidence,
                    passages = CitedPassages.Serialize(found.Passages),
                    features = LabelStore.Write(found.Features),
                    now = Now,
                }, CancellationToken.None);
        });
    }

    public async Task<long> ConversationAsync(TenantTransaction tx, long person)
    {
        var at = new { tenant = Tenant.Value, bot = Bot.Id.Value, person };
        await tx.ExecuteAsync("insert into person (tenant_id, id, name) values (@tenant, @person, 'Anna') on conflict do nothing", at, CancellationToken.None);
        return await tx.FirstAsync<long>(
            """
            insert into conversation (tenant_id, bot_id, chat_id, person_id) values (@tenant, @bot, @person, @person)
            on conflict (tenant_id, bot_id, chat_id, person_id) do update set thread_id = excluded.thread_id returning id
            """, at, CancellationToken.None);
    }

    public async Task WriteAsync(long person, string command, string argument = "", long? chat = null)
    {
        var message = new IncomingMessage(ChatOf(chat ?? person), From(person), ++_lastMessage, null, Now) { Command = command, CommandArgument = argument, Text = $"/{command} {argument}" };
        var label = new LabelCommand(Round);
        var before = new FoundBefore { Turn = command == LabelCommand.Name ? await label.TurnAsync(Bot, message, Now, CancellationToken.None) : null };
        await InScopeAsync(scope => command switch
        {
            LabelCommand.Name => label.RunAsync(scope, message, CancellationToken.None),
            "synonyms" => new SynonymsCommand().RunAsync(scope, message, CancellationToken.None),
            _ => new TargetCommand(Options.Create(new ConfidenceOptions())).RunAsync(scope, message, CancellationToken.None),
        }, before);
    }

    /// <returns>The notice that ended the button's spinner.</returns>
    public async Task<string?> PressAsync(long person, string data, long? chat = null)
    {
        var press = new Incoming.ButtonPressed("query", From(person), ChatOf(chat ?? person), 5, null, data);
        UpdateScope? done = null;
        var labels = new LabelButtons(Round);
        var before = new FoundBefore { Turn = await labels.TurnAsync(Bot, press, Now, CancellationToken.None) };
        await InScopeAsync(async scope =>
        {
            done = scope;
            Assert.True(await labels.PressAsync(scope, press, CancellationToken.None)
                || await new TargetButtons(Options.Create(new ConfidenceOptions())).PressAsync(scope, press, CancellationToken.None));
        }, before);
        return await TicketDesk.NoticeAsync(done!);
    }

    public async Task InScopeAsync(Func<UpdateScope, Task> work, FoundBefore? before = null)
    {
        await using var tx = await Desk.Database.BeginAsync(Tenant, CancellationToken.None);
        await work(new UpdateScope(tx, Bot, Now) { Before = before ?? FoundBefore.Nothing });
        await tx.CommitAsync(CancellationToken.None);
    }

    public Task<T> InAsync<T>(Func<TenantTransaction, Task<T>> work) => Desk.InAsync(Tenant, work);

    /// <summary>What the bot said last in a chat.</summary>
    public async Task<Said> LastAsync(long chat)
    {
        var body = await InAsync(tx => tx.FirstAsync<string>("select body::text from outbox where chat_id = @chat order by id desc limit 1", new { chat }, CancellationToken.None));
        return Outbox.Deserialize(body ?? throw new InvalidOperationException($"Nothing was said in {chat}.")) switch
        {
            Outgoing.SendText text => new Said(text.Html, text.Keyboard),
            Outgoing.EditText edit => new Said(edit.Html, edit.Keyboard),
            var other => throw new InvalidOperationException($"{other.GetType().Name} was sent."),
        };
    }

    public Task<long> SaidAsync(long chat) => InAsync(tx => tx.FirstAsync<long>("select count(*) from outbox where chat_id = @chat", new { chat }, CancellationToken.None));

    public Task<IReadOnlyList<LabelRow>> LabelsAsync() => InAsync(async tx => (await LabelledQuestions.ReadAsync(tx, CancellationToken.None)).Rows);

    public Task<TenantConfidence> ConfidenceAsync() => InAsync(tx => Promise.ReadAsync(tx, CancellationToken.None));

    /// <summary>Goes through a round as somebody who says of each question what is true of it.</summary>
    public async Task LabelAsync(int count, Func<int, string> action)
    {
        await WriteAsync(Editor, "label");
        for (var i = 0; i < count; i++)
            await PressAsync(Editor, (await LastAsync(Editor)).Button(action(i)));
    }

    public KeepPromises Keeper(IKnowledgeIndex? index = null) => new(
        Desk.Database, Desk.Services.GetRequiredService<WorkerInstance>(), index ?? Desk.Index, WithoutModels.Passages(index ?? Desk.Index), new BotDirectory(Desk.Database, Box, Clock), Desk.Services.GetRequiredService<IWorkQueue>(),
        Options.Create(new ConfidenceOptions()), Clock, NullLogger<KeepPromises>.Instance);

    public Task KeepAsync() => Keeper().RunAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => Desk.DisposeAsync();

    private static Chat ChatOf(long chat) => new(chat, chat < 0 ? ChatKind.Supergroup : ChatKind.Private, null, false);

    private static Sender From(long person) => new(person, person == Owner ? "Olga" : "Eve", null, null, "en", IsBot: false);

    internal sealed record Said(string Html, Keyboard? Keyboard)
    {
        public string Button(string text) =>
            Keyboard?.Rows.SelectMany(row => row).FirstOrDefault(button => button.Text.Contains(text, StringComparison.Ordinal))?.Data
            ?? throw new InvalidOperationException($"There is no button {text} under: {Html}");
    }
}
