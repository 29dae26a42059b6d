using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Database;
using Support.Jobs;
using Support.Tenants;
using Support.Tickets;

namespace Support.Tests.Tickets;

/// <summary>A desk in a database of its own whose bots are run, for what looks after all of them by the clock.</summary>
internal sealed class RunningDesk : IAsyncDisposable
{
    private static readonly SecretBox Box = new("dGVzdCBtYXN0ZXIga2V5IHRlc3QgbWFzdGVyIGtleSE=");

    private readonly WorkerInstance _instance;

    private RunningDesk(TicketDesk desk, ManualClock clock, WorkerInstance instance)
    {
        (Desk, Clock, _instance) = (desk, clock, instance);
        Queue = new PostgresWorkQueue(desk.Database, instance, new QueueSignals(TimeProvider.System), new AcknowledgeFirst(TimeProvider.System));
        Bots = new BotDirectory(desk.Database, Box, clock);
    }

    public TicketDesk Desk { get; }

    public ManualClock Clock { get; }

    public PostgresWorkQueue Queue { get; }

    public BotDirectory Bots { get; }

    public static async Task<RunningDesk> OpenAsync()
    {
        var desk = await TicketDesk.CreateAsync(await MigratedDatabase.OpenAsync());
        var instance = new WorkerInstance(desk.Database, TimeProvider.System);
        await instance.StartAsync(CancellationToken.None);
        var running = new RunningDesk(desk, new ManualClock(), instance);
        desk.Now = running.Clock.GetUtcNow();
        await running.RunAsync(desk.Bot);
        return running;
    }

    /// <summary>Gives a bot its token, its owner and its admins' group.</summary>
    public async Task RunAsync(BotInfo bot)
    {
        var setup = new TenantSetup(Desk.Database, Bots, Box);
        await setup.EnsureBotAsync(bot.Tenant, bot.Id, $"{bot.Id}:secret", bot.Username, CancellationToken.None);
        foreach (var person in bot.Staff.Values)
            await setup.EnsureStaffAsync(bot.Tenant, bot.Id, person.Person, person.IsOwner, person.IsAdmin, person.IsEditor, CancellationToken.None);
        await Desk.InAsync(bot, tx => tx.ExecuteAsync("update person set started_at = @now where is_owner or is_editor", new { now = Desk.Now }, CancellationToken.None));
        if (bot.AdminsChat is { } chat)
            await setup.SetAdminsChatAsync(bot.Tenant, bot.Id, chat, CancellationToken.None);
    }

    public void Pass(TimeSpan time)
    {
        Clock.Advance(time);
        Desk.Now = Clock.GetUtcNow();
    }

    public WatchTickets Watch(TicketOptions? options = null) =>
        new(Desk.Database, Bots, Queue, Options.Create(options ?? new TicketOptions()), Clock, NullLogger<WatchTickets>.Instance);

    /// <summary>Another process that watches the same database.</summary>
    public WatchTickets WatchElsewhere() =>
        new(Desk.Database, new BotDirectory(Desk.Database, Box, Clock), Queue, Options.Create(new TicketOptions()), Clock, NullLogger<WatchTickets>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        await _instance.DisposeAsync();
        await Desk.Database.DisposeAsync();
    }
}
