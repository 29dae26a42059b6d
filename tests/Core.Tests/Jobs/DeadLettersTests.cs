using Dapper;
using Support.Contracts;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Tenants;
using Support.Tickets;

namespace Support.Tests.Jobs;

/// <summary>What is told to the admins of work that could not be done, and in which language.</summary>
public sealed class DeadLettersTests : IAsyncLifetime
{
    private const long Owner = 41;
    private const long Customer = 42;
    private static readonly BotId Bot = new(900001);
    private static readonly Delivery Unauthorized = new Delivery.Refused(401, "Unauthorized");

    private readonly ManualClock _clock = new();
    private DeskDatabase _database = null!;
    private WorkerInstance _instance = null!;
    private PostgresWorkQueue _queue = null!;
    private BotDirectory _bots = null!;
    private DeadLetters _letters = null!;
    private OutboxLane _lane = null!;
    private TenantId _tenant;

    public async ValueTask InitializeAsync()
    {
        _database = await MigratedDatabase.OpenAsync();
        _instance = new WorkerInstance(_database, TimeProvider.System);
        await _instance.StartAsync(CancellationToken.None);
        _queue = new PostgresWorkQueue(_database, _instance, new QueueSignals(TimeProvider.System), new AcknowledgeFirst(TimeProvider.System));
        var box = new SecretBox("dGVzdCBtYXN0ZXIga2V5IHRlc3QgbWFzdGVyIGtleSE=");
        _bots = new BotDirectory(_database, box, _clock);
        _letters = new DeadLetters(_database, _bots, _queue, _clock);
        _lane = new OutboxLane(_database, new ShowWaiting(), new CardSent(), _clock);
        var setup = new TenantSetup(_database, _bots, box);
        _tenant = await setup.EnsureTenantAsync("acme", CancellationToken.None);
        await setup.EnsureBotAsync(_tenant, Bot, "900001:secret", "acme_bot", CancellationToken.None);
        await setup.EnsureStaffAsync(_tenant, Bot, Owner, owner: true, admin: false, editor: false, CancellationToken.None);
        await ExecuteAsync("update person set started_at = now()");
    }

    [Fact]
    public async Task While_telegram_refuses_everything_one_dead_letter_does_not_breed_others()
    {
        await using (var transaction = await _database.BeginAsync(_tenant, CancellationToken.None))
        {
            await Outbox.AddAsync(transaction, Bot, new OutboxMessage(Customer, Purposes.Answer, new Outgoing.SendText("hello")), _clock.GetUtcNow(), CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }

        for (var round = 0; round < 5; round++)
        {
            await RefuseAllAsync(Customer);
            await _letters.TellAsync(CancellationToken.None);
            await RefuseAllAsync(Owner);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(["Telegram refused a message: 401 Unauthorized"], await LettersAsync());
        Assert.Equal(0, await _letters.TellAsync(CancellationToken.None));
        Assert.Single(await NoticesAsync());
    }

    [Fact]
    public async Task The_admins_are_told_in_the_owners_language_or_in_the_one_they_chose()
    {
        await ExecuteAsync("update person set language = 'ru-RU'");
        await BuryAndTellAsync();
        await ExecuteAsync("insert into setting (tenant_id, key, value) values (@tenant, 'admins_language', to_jsonb('en'::text))");
        await BuryAndTellAsync();

        var notices = await NoticesAsync();
        Assert.Equal(2, notices.Count);
        Assert.StartsWith("Что-то не удалось обработать", notices[0], StringComparison.Ordinal);
        Assert.StartsWith("Something could not be processed", notices[1], StringComparison.Ordinal);
    }

    private async Task RefuseAllAsync(long chat)
    {
        var bot = await _bots.FindAsync(Bot, CancellationToken.None) ?? throw new InvalidOperationException("The bot is gone.");
        while (true)
        {
            var lease = Lease.OnChat(Bot, chat);
            if (await _lane.ClaimAsync(_tenant, Bot, chat, lease, _instance, CancellationToken.None) is not LaneClaim.Message message)
                return;
            await _lane.SettleAsync(bot, chat, lease, message, Unauthorized, CancellationToken.None);
        }
    }

    private async Task BuryAndTellAsync()
    {
        await _letters.BuryAsync(_tenant, new TakenJob(Queues.Updates, "1", "", "{}"u8.ToArray(), 0, 1, _clock.GetUtcNow()), "It cannot be read.", CancellationToken.None);
        Assert.Equal(1, await _letters.TellAsync(CancellationToken.None));
    }

    private async Task<IReadOnlyList<string>> LettersAsync()
    {
        await using var connection = await _database.Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>("select why from dead_letter order by id")];
    }

    private async Task<IReadOnlyList<string>> NoticesAsync()
    {
        await using var transaction = await _database.BeginAsync(_tenant, CancellationToken.None);
        var bodies = await transaction.QueryAsync<string>("select body::text from outbox where chat_id = @Owner order by id", new { Owner }, CancellationToken.None);
        return [.. bodies.Select(body => ((Outgoing.SendText)Outbox.Deserialize(body)).Html)];
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var transaction = await _database.BeginAsync(_tenant, CancellationToken.None);
        await transaction.ExecuteAsync(sql, new { tenant = _tenant.Value }, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        _bots.Forget(Bot);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _instance.DisposeAsync();
        await _database.DisposeAsync();
    }
}
