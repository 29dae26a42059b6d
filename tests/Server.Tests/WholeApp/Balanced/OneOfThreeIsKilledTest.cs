using System.Diagnostics;
using Dapper;
using Npgsql;
using Support.Contracts;
using Support.Server.PrivateDatabase;
using Support.Simulation;
using Support.Tests.WholeApp.Kills;

namespace Support.Tests.WholeApp.Balanced;

/// <summary>Three servers behind HAProxy on one PostgreSQL: when one of them dies, the customers, Telegram and whoever uses the HTTP doors notice nothing.</summary>
[Collection(KillTest.Alone)]
public sealed class OneOfThreeIsKilledTest(ITestOutputHelper output)
{
    private static readonly Shop Shop = Shop.Two[0];

    [Fact]
    public async Task Every_customer_is_answered_once_no_update_is_refused_and_no_request_fails()
    {
        Assert.SkipWhen(Proxy.Program is null, "HAProxy is not installed: `dotnet run dev.cs test` installs it on Debian (package haproxy).");
        var port = LoopbackPort.Free();
        await using var desk = await OpenAsync($"http://127.0.0.1:{port}");
        await using var second = await desk.StartAnotherAsync();
        await using var third = await desk.StartAnotherAsync();
        IDeskProcess[] servers = [desk.Server, second, third];
        await using var proxy = await Proxy.StartAsync(port, servers.Select(server => server.Url));
        var key = (await Companies.KeysAsync(desk, Shop.Name))[0];
        desk.Door = proxy.Url;
        await desk.UploadAsync("goods.md", Shop.Guide, key);
        using var sent = desk.Telegram.WatchSent();
        using var enough = new CancellationTokenSource();
        var askers = new Askers(desk.Telegram, Shop);
        var visitors = new Visitors(proxy.Url, key);
        var all = Task.WhenAll(askers.AskUntilAsync(enough.Token), visitors.KnockUntilAsync(enough.Token));

        foreach (var victim in servers)
        {
            await UntilAskedAsync(askers, 50);
            await victim.KillAsync();
            await UntilAskedAsync(askers, 50);
            victim.Launch();
            await victim.UntilHealthyAsync();
        }
        await enough.CancelAsync();
        await all;
        var answered = await askers.AnsweredAsync(sent, () => $"The servers say: {string.Join('\n', servers.Select(server => server.Output))}");

        await EveryoneWasAnsweredOnceAsync(desk, askers, answered);
        Assert.Equal(0, desk.Telegram.Stats().WebhookErrors);
        Assert.Equal([], visitors.Refused);
        Assert.True(visitors.Knocks >= 9, $"Only {visitors.Knocks} requests were made.");
        Report(askers, answered, visitors);
    }

    private static Task<Desk> OpenAsync(string publicUrl) => Desk.OpenAsync(
        options =>
        {
            foreach (var bot in Shop.Bots)
                options.Bots.Add(bot);
        },
        settings =>
        {
            settings.Remove("Support__Telegram__Token");
            settings.Remove("ADMIN_IDS");
            settings.Remove("EDITOR_IDS");
            settings[DeskServer.PublicUrl] = publicUrl;
            settings["CONFIDENCE_THRESHOLD"] = "0";
            settings["Support__Confidence__Choices"] = "false";
            settings["Support__Tenants__0__Name"] = Shop.Name;
            foreach (var (i, bot) in Shop.Bots.Index())
                settings[$"Support__Tenants__0__Tokens__{i}"] = bot.Token;
        });

    private static async Task UntilAskedAsync(Askers askers, int more)
    {
        var enough = askers.Asked.Count + more;
        await Eventually.HoldsAsync(() => askers.Asked.Count >= enough, $"{more} more questions are asked");
    }

    private static async Task EveryoneWasAnsweredOnceAsync(Desk desk, Askers askers, ILookup<(long, long), SentMessage> answered)
    {
        await using var connection = new NpgsqlConnection(await TestDatabase.AsAdministratorAsync(desk.Database));
        // What was sent last may not have been noted yet.
        await Eventually.HoldsAsync(async () => await connection.QuerySingleAsync<bool>("select not exists (select from outbox where state in (0, 1))"), "all that was sent is noted");
        Assert.Equal([], await connection.QueryAsync<string>("select queue || ': ' || why from dead_letter"));
        var kept = (await connection.QueryAsync<(long Bot, long Chat, long Questions, long Replies, long Doubts)>(
            """
            select c.bot_id, c.chat_id, (select count(*) from question q where q.conversation_id = c.id), count(*), sum(o.doubts)
            from conversation c join outbox o on o.conversation_id = c.id group by c.id
            """)).ToDictionary(row => (row.Bot, row.Chat));
        Assert.Equal(askers.Asked.Select(a => (a.Bot, a.Customer)).Order(), kept.Keys.Order());
        foreach (var asked in askers.Asked)
        {
            var (row, messages) = (kept[(asked.Bot, asked.Customer)], answered[(asked.Bot, asked.Customer)].ToList());
            Assert.Equal((1, 1), (row.Questions, row.Replies));
            Assert.All(messages, message => Assert.Contains($"The {asked.Good} stands in the {Shop.Hall} hall", message.Message.Text, StringComparison.Ordinal));
            // One more only where it is counted that its arrival was in doubt.
            Assert.InRange(messages.Count, 1, 1 + (int)row.Doubts);
        }
    }

    /// <summary>What a dead process held in its memory is overdue after 10 s, and the sweep of another one looks each 5 s.</summary>
    private void Report(Askers askers, ILookup<(long Bot, long Chat), SentMessage> answered, Visitors visitors)
    {
        var waits = askers.Asked.Select(a => Stopwatch.GetElapsedTime(a.At, answered[(a.Bot, a.Customer)].First().Timestamp)).Order().ToList();
        var twice = answered.Count(chat => chat.Count() > 1);
        output.WriteLine(
            $"{waits.Count} questions, {visitors.Knocks} requests, 3 kills: half were answered within {waits[waits.Count / 2].TotalMilliseconds:0} ms, all within {waits[^1].TotalSeconds:0.0} s; "
            + $"{waits.Count(w => w > TimeSpan.FromSeconds(3))} waited for longer than 3 s; {twice} were told twice.");
    }
}
