using Dapper;
using Npgsql;
using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp;

/// <summary>Customers press one of the passages they were offered while the server is killed: each press is answered, and once.</summary>
[Collection(KillTest.Alone)]
public sealed class KilledWhileChoosingTest(ITestOutputHelper output)
{
    private const int Customers = 24;
    private const int Kills = 6;

    private const string Guide =
        """
        # Returns

        ## Return of a lamp

        A lamp is taken back within 14 days, with its receipt.

        ## Return of a gift card

        A gift card is never taken back, but its balance can be moved.
        """;

    [Fact]
    public async Task Every_choice_that_was_pressed_is_answered_once_whenever_the_server_dies()
    {
        var random = new Random(7);
        await using var desk = await Desk.OpenAsync(options => options.LongestWebhookPause = TimeSpan.FromSeconds(1), settings => settings["CONFIDENCE_THRESHOLD"] = "0.98");
        var memory = await Memory.OfAsync(desk);
        await desk.UploadAsync("returns.md", Guide);
        var offers = new List<(SimulatedUser Who, Message Offer)>();
        for (var i = 0; i < Customers; i++)
        {
            var who = OneDesk.NewCustomer();
            offers.Add((who, await desk.AskInChatAsync(who, "How does a return work?")));
        }
        Assert.All(offers, one => Assert.Contains(Desk.Buttons(one.Offer), data => data.EndsWith(":pick:1", StringComparison.Ordinal)));

        foreach (var some in offers.Chunk(Customers / Kills))
        {
            foreach (var (who, offer) in some)
            {
                desk.Press(who, who.Id, offer, ":pick:1");
                // Who does not see at once that something happened presses again.
                if (random.Next(3) == 0)
                    desk.Press(who, who.Id, offer, ":pick:1");
            }
            using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(2, 60)));
            await moment.WaitForNextTickAsync();
            await desk.Server.KillAsync();
            desk.Server.Launch();
            await desk.Server.UntilHealthyAsync();
        }
        await Eventually.HoldsAsync(() => IsDoneAsync(desk, memory), "everything is done", seconds: 60);

        var answers = await memory.AllAsync<(int Chosen, long Answers)>(
            """
            select chosen, (select count(*) from outbox o where o.question_id = q.id and o.purpose = 'answer')
            from question q where decision = 'choose'
            """);
        Assert.Equal(Enumerable.Repeat((1, 1L), Customers), answers);
        // All asked in the same words, which are labelled once: the first passage was wrong and the chosen one right.
        Assert.Equal([0, 1], await memory.AllAsync<int>("select verdict::int from label order by verdict"));
        var doubts = (await memory.AllAsync<(long Chat, long Doubts)>("select chat_id, sum(doubts)::bigint from outbox where purpose = 'answer' group by chat_id")).ToDictionary(row => row.Chat, row => row.Doubts);
        foreach (var (who, offer) in offers)
        {
            var shown = desk.Telegram.Messages(who.Id, offer.MessageId).Count(message => message.From is { IsBot: true });
            // What left for Telegram and was not confirmed is sent again, and counted.
            Assert.InRange(shown, 1, 1 + doubts[who.Id]);
        }
        output.WriteLine($"{doubts.Values.Sum()} of {Customers} answers were doubtful.");
    }

    private static async Task<bool> IsDoneAsync(Desk desk, Memory memory)
    {
        await using var connection = new NpgsqlConnection(desk.Database);
        return desk.Telegram.Stats().UpdatesPending == 0
            && await connection.QuerySingleAsync<long>("select count(*) from job where queue = 'updates'") == 0
            && await memory.OneAsync<long>("select count(*) from outbox where state in (0, 1)") == 0
            && await memory.OneAsync<long>("select count(*) from question where chosen is null") == 0;
    }
}
