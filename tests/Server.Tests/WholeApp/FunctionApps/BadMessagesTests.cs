using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;
using Support.Contracts;

namespace Support.Tests.WholeApp.FunctionApps;

/// <summary>Whatever lies in a queue neither blocks it nor vanishes: it becomes a dead letter with the reason, and the admins are told.</summary>
public sealed class BadMessagesTests
{
    [Fact]
    public async Task Messages_of_others_damaged_ones_and_what_the_host_gave_up_become_dead_letters_that_the_admins_hear_of()
    {
        await using var desk = await Desk.OpenAsync(start: FunctionAppsDesk.StartAsync);
        var apps = (FunctionAppsDesk)desk.Server;
        await desk.UploadAsync("returns.md", OneDesk.Guide);

        await apps.PutTextAsync("updates", "%%% this is no base64 %%%");
        await apps.PutTextAsync("questions", """{"orderId": 17, "from": "another app"}""");
        await apps.PutTextAsync("replies", Convert.ToBase64String(Encoding.UTF8.GetBytes("\"text\"")));
        await apps.PutTextAsync("documents", """{"attempt":0,"returns":0,"put":"2026-11-26T10:00:00Z","body":{"kept":99999}}""");
        await apps.PutTextAsync("updates-poison", "given up by the host");
        await apps.PutTextAsync("documents-poison", """{"attempt":0,"returns":0,"put":"2026-11-26T10:00:00Z","body":{"text":"{\"tenant\":\"8b0c2b8e-1111-4111-8111-111111111111\",\"document\":1}"}}""");

        await using var connection = new NpgsqlConnection(desk.Database);
        await Eventually.HoldsAsync(async () => await connection.QuerySingleAsync<long>("select count(*) from dead_letter") >= 5, $"dead letters. The apps say: {apps.Output}", seconds: 60);
        var letters = (await connection.QueryAsync<(string Queue, string Why)>("select queue, why from dead_letter")).ToList();
        Assert.All(new[] { "updates", "questions", "replies", "documents" }, queue => Assert.Contains(letters, letter => letter.Queue == queue));
        Assert.Contains(letters, letter => letter.Why.Contains("gave it up", StringComparison.Ordinal));

        await apps.Functions.FireTimerAsync("sweep", CancellationToken.None);
        await desk.ReplyAsync(Desk.Group, 0, message => message.Text!.Contains("questions", StringComparison.Ordinal));
        // And what is right goes on.
        Assert.Contains("14 days", (await desk.AskInChatAsync(Desk.Ann, "How do I return a lamp?")).Text);
    }

    [Fact]
    public async Task An_update_that_is_too_large_for_a_message_is_kept_and_answered()
    {
        await using var desk = await Desk.OpenAsync(start: FunctionAppsDesk.StartAsync);
        await desk.UploadAsync("returns.md", OneDesk.Guide);
        var memory = await Memory.OfAsync(desk);
        var door = new WebhookDoor(desk, memory.Tenant);
        var question = "How do I return a lamp?";
        var update = JsonSerializer.Serialize(new
        {
            update_id = 5_000_001,
            message = new
            {
                message_id = 77,
                date = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
                chat = new { id = Desk.Boris.Id, type = "private", first_name = "Boris" },
                from = new { id = Desk.Boris.Id, is_bot = false, first_name = "Boris", language_code = "en" },
                text = question,
                padding = new string('x', 100 * 1024),
            },
        });

        Assert.Equal(200, (int)(await door.PostAsync(update)).StatusCode);

        await Eventually.HoldsAsync(async () => await memory.OneAsync<long>("select count(*) from question where text = @question and decision = 'answer'", new { question }) == 1, $"it is answered. The apps say: {desk.Server.Output}", seconds: 60);
        await using var connection = new NpgsqlConnection(desk.Database);
        Assert.Equal(0, await connection.QuerySingleAsync<long>("select count(*) from kept_body"));
    }
}
