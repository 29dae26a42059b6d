using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Support.Contracts;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Questions;
using Support.Telegram;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Jobs;

/// <summary>What becomes a dead letter has come to an end: nothing of it is found overdue and woken again.</summary>
public sealed class BuriedTests : IAsyncLifetime
{
    private const long Customer = 6001;
    private const long OwnerId = 61;
    private static readonly BotId Bot = new(88_001);

    private ServiceProvider _services = null!;
    private TenantId _tenant;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Support:Database:ConnectionString"] = await TestDatabase.CreateAsync(),
            ["Support:Security:MasterKey"] = Convert.ToBase64String(new byte[32]),
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new ManualClock())
            .AddDesk(configuration)
            .AddTelegram(configuration)
            .BuildServiceProvider();
        await Get<Migrator>().RunAsync(CancellationToken.None);
        var setup = Get<TenantSetup>();
        _tenant = await setup.EnsureTenantAsync("acme", CancellationToken.None);
        await setup.EnsureBotAsync(_tenant, Bot, "88001:token", "acme_bot", CancellationToken.None);
        await setup.EnsureStaffAsync(_tenant, Bot, OwnerId, owner: true, admin: false, editor: false, CancellationToken.None);
    }

    [Fact]
    public async Task A_question_that_cannot_be_answered_goes_to_a_person()
    {
        var conversation = await WriteAsync();

        await FailForeverAsync(WakeUp.Question(_tenant, Bot, conversation, TimeSpan.Zero));

        Assert.Equal(Reasons.ModelFailed, await OneAsync<string>("select reason from ticket"));
        Assert.Null(await OneAsync<DateTime?>("select due_at from conversation"));
        Assert.Equal(0, await OneAsync<long>("select count(*) from message where question_id is null"));
    }

    [Fact]
    public async Task Without_its_bot_nothing_is_woken_any_more()
    {
        var conversation = await WriteAsync();
        await SendAsync("one", "two");
        await DeleteBotAsync();

        await FailForeverAsync(WakeUp.Question(_tenant, Bot, conversation, TimeSpan.Zero));
        await FailForeverAsync(WakeUp.Reply(_tenant, Bot, Customer, TimeSpan.Zero));

        await using var connection = await Get<DeskDatabase>().Source.OpenConnectionAsync();
        Assert.Equal(0, await Dapper.SqlMapper.QuerySingleAsync<long>(connection, "select count(*) from overdue(interval '-1 hour')"));
    }

    [Fact]
    public async Task A_message_that_cannot_be_sent_lets_the_next_one_pass()
    {
        await SendAsync("one", "two");

        await FailForeverAsync(WakeUp.Reply(_tenant, Bot, Customer, TimeSpan.Zero));

        await using var transaction = await Get<DeskDatabase>().BeginAsync(_tenant, CancellationToken.None);
        Assert.Equal([3, 0], await transaction.QueryAsync<short>("select state from outbox order by id", null, CancellationToken.None));
    }

    [Fact]
    public async Task A_job_that_kills_each_process_that_works_on_it_is_not_begun_again()
    {
        var job = new TakenJob(Queues.Documents, "1", "1", Encoding.UTF8.GetBytes("{}"), 0, 21, Get<TimeProvider>().GetUtcNow()) { Deaths = 20 };

        await Get<JobRunner>().RunAsync(job, (_, _) => throw new InvalidOperationException("It was begun."), CancellationToken.None);

        await using var connection = await Get<DeskDatabase>().Source.OpenConnectionAsync();
        Assert.Contains("20 processes died", await Dapper.SqlMapper.QuerySingleAsync<string>(connection, "select why from dead_letter"));
    }

    private async Task<long> WriteAsync()
    {
        var bot = await Get<BotDirectory>().FindAsync(Bot, CancellationToken.None);
        var now = Get<TimeProvider>().GetUtcNow();
        var message = new IncomingMessage(new Chat(Customer, ChatKind.Private, null, false), new Sender(Customer, "Ann", null, null, "en", false), 1, null, now) { Text = "How?" };
        await Get<CustomerMessages>().ReceiveAsync(bot!, new UpdateKey(Bot, 1), message, now, CancellationToken.None);
        ((ManualClock)Get<TimeProvider>()).Advance(TimeSpan.FromSeconds(10));
        return await OneAsync<long>("select id from conversation");
    }

    private async Task SendAsync(params string[] texts)
    {
        await using var transaction = await Get<DeskDatabase>().BeginAsync(_tenant, CancellationToken.None);
        foreach (var text in texts)
            await Outbox.AddAsync(transaction, Bot, new OutboxMessage(Customer, Purposes.Notice, new Outgoing.SendText(text)), Get<TimeProvider>().GetUtcNow(), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task DeleteBotAsync()
    {
        await using var command = Get<DeskDatabase>().Source.CreateCommand("delete from bot");
        await command.ExecuteNonQueryAsync();
        Get<BotDirectory>().Forget(Bot);
    }

    private async Task FailForeverAsync(WakeUp wakeUp)
    {
        var job = new TakenJob(wakeUp.Queue, "-1", "", wakeUp.Bytes, JobRunner.MostAttempts - 1, 1, Get<TimeProvider>().GetUtcNow());
        await Get<JobRunner>().RunAsync(job, (_, _) => throw new InvalidOperationException("It never works."), CancellationToken.None);
    }

    private async Task<T?> OneAsync<T>(string sql)
    {
        await using var transaction = await Get<DeskDatabase>().BeginAsync(_tenant, CancellationToken.None);
        return await transaction.FirstAsync<T>(sql, null, CancellationToken.None);
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
