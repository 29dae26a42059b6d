using Npgsql;
using Support.Contracts;
using Support.FunctionsHost;
using Support.Tests.WholeApp.Kills;

namespace Support.Tests.WholeApp.FunctionApps;

/// <summary>The first two invariants for the function apps: their handlers are killed as a scale-in kills them, without a warning, at any moment.</summary>
[Collection(KillTest.Alone)]
public sealed class KilledAppsTest(ITestOutputHelper output)
{
    private const int Kills = 12;
    private const int UpdatesPerSecond = 40;

    /// <summary>How long a message is hidden whose handler died: host.json's visibilityTimeout. Nobody waits for it here.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(31);

    [Fact]
    public async Task Killed_at_any_moment_they_process_every_acknowledged_update_once_and_deliver_every_reply()
    {
        var seed = Environment.GetEnvironmentVariable("SUPPORT_KILL_SEED") is { Length: > 0 } given ? int.Parse(given) : Random.Shared.Next(1_000_000);
        output.WriteLine($"Seed {seed}: SUPPORT_KILL_SEED={seed} repeats the order of the kills.");
        var random = new Random(seed);
        await using var desk = await KillTest.OpenShopsAsync(database: null, FunctionAppsDesk.StartAsync);
        var apps = (FunctionAppsDesk)desk.Server;
        using var delivered = desk.Telegram.WatchDelivered();
        using var enough = new CancellationTokenSource();
        var crowd = new Crowd(desk.Telegram, new Random(seed), UpdatesPerSecond);
        var writing = crowd.WriteUntilAsync(enough.Token);

        for (var kill = 0; kill < Kills; kill++)
        {
            await AtSomeMomentAsync(random);
            // Ingestion has little to do here; it dies often enough to show that nobody misses it.
            await (random.Next(4) == 0 ? apps.Ingestion : apps.Functions).KillHandlerAsync();
            if (random.Next(2) == 0)
                await apps.UntilHealthyAsync();
        }
        await AtSomeMomentAsync(random);
        await enough.CancelAsync();
        await writing;

        var administrator = await TestDatabase.AsAdministratorAsync(desk.Database);
        await UntilAllIsDoneAsync(desk, apps, administrator);
        var books = await Books.ReadAsync(administrator);
        output.WriteLine($"{crowd.Written.Count} updates, {books.Questions} questions; {books.Duplicates} messages stand twice in Telegram, {books.Doubts} were counted as doubtful; {books.Overtaken} questions were overtaken.");
        books.EveryAcknowledgedUpdateWasProcessed(Read(delivered));
        books.EveryMessageIsKeptOnceAndBelongsSomewhere(crowd.Written);
        books.EveryChatWasAnsweredInOrder(desk.Telegram, crowd.Written);
    }

    /// <summary>The only waiting for time to pass: a kill must be able to come at any moment.</summary>
    private static async Task AtSomeMomentAsync(Random random)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(50, 900)));
        await timer.WaitForNextTickAsync();
    }

    /// <summary>However slow the machine is: what is hidden comes back, the sweep finds what lost its wake-up, and only when nothing moves any more has something been lost.</summary>
    private static async Task UntilAllIsDoneAsync(Desk desk, FunctionAppsDesk apps, string administrator)
    {
        var (least, tries) = (long.MaxValue, 0);
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await LeftOverAsync() is var left and > 0)
        {
            tries = left < least ? 0 : tries + 1;
            least = Math.Min(least, left);
            if (tries > 60)
                Assert.Fail($"Left over: {desk.Telegram.Stats().UpdatesPending} updates not acknowledged; {await Books.UnfinishedAsync(administrator)}. The apps say: {desk.Server.Output}");
            await apps.Azurite.ElapseAsync(Hidden);
            await apps.Functions.FireTimerAsync("sweep", CancellationToken.None);
            await tick.WaitForNextTickAsync();
        }

        async Task<long> LeftOverAsync()
        {
            try
            {
                // An update that is neither pending in Telegram nor seen lies in the queue.
                return desk.Telegram.Stats().UpdatesPending + await Books.LeftOverAsync(administrator) + await apps.MessagesAsync("updates");
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CannotConnectNow)
            {
                return long.MaxValue;
            }
        }
    }

    private static List<Simulation.DeliveredUpdate> Read(Simulation.Watch<Simulation.DeliveredUpdate> watch)
    {
        var all = new List<Simulation.DeliveredUpdate>();
        while (watch.Reader.TryRead(out var one))
            all.Add(one);
        return all;
    }
}
