using Dapper;
using Npgsql;
using Support.Contracts;

namespace Support.Tests.WholeApp;

/// <summary>A desk that Telegram cannot reach: it asks for its updates.</summary>
public sealed class PollingTests
{
    [Fact]
    public async Task A_message_is_fetched_and_answered_without_any_address()
    {
        await using var desk = await OpenAsync();
        await desk.UploadAsync("returns.md", OneDesk.Guide);

        Assert.Contains("14 days", (await desk.AskInChatAsync(Desk.Ann, "How do I return a lamp?")).Text);
        Assert.DoesNotContain("setWebhook", desk.Telegram.Stats().Calls.Keys);
    }

    [Fact]
    public async Task Of_two_servers_exactly_one_asks_and_the_other_takes_over()
    {
        await using var desk = await OpenAsync();
        await using var other = await desk.StartAnotherAsync();
        await desk.AskInChatAsync(Desk.Ann, "/help");
        await desk.AskInChatAsync(Desk.Boris, "/help");
        Assert.Equal(1, await HoldersAsync(desk));
        // Telegram refuses whoever asks beside another.
        Assert.DoesNotContain("getUpdates", desk.Telegram.Stats().Refusals.Keys);

        // Whichever of them asked: once it is gone, the other does.
        await desk.Server.KillAsync();
        await desk.AskInChatAsync(Desk.Ann, "/help");
        desk.Server.Launch();
        await desk.Server.UntilHealthyAsync();
        await other.KillAsync();
        await desk.AskInChatAsync(Desk.Ann, "/help");
    }

    private static Task<Desk> OpenAsync() => Desk.OpenAsync(change: settings => settings[DeskServer.PublicUrl] = "");

    private static async Task<long> HoldersAsync(Desk desk)
    {
        await using var connection = new NpgsqlConnection(desk.Database);
        return await connection.QuerySingleAsync<long>("select count(*) from lease where name = 'updates:900001' and until > now()");
    }
}
