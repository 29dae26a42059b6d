using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class SurvivesRestartTests : SimulationTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulation-").FullName;

    protected override SimulationOptions Options
    {
        get
        {
            var options = base.Options;
            options.DataFolder = _folder;
            options.MessagesKeptPerChat = 10;
            return options;
        }
    }

    private async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    [Fact]
    public async Task Messages_chats_and_ids_are_there_again()
    {
        Write(Ann, "hello");
        await Bot.SendAsync(Ann, "hi");
        Write(7001, "new here");
        Telegram.SetMember(new MembershipChange(1002, "kicked") { Bot = 0 });
        var update = (await UpdatesAsync())[^1].GetProperty("update_id").GetInt64();

        await RestartAsync();

        Assert.Equal(["hello", "hi"], Telegram.Messages(Ann).Select(message => message.Text));
        Assert.Contains(Telegram.Chats(), chat => chat.Id == 7001);
        Assert.Equal("403 Forbidden: bot was blocked by the user", (await Bot.CallAsync("sendMessage", new { chat_id = 1002, text = "a" })).Refusal);
        Assert.Equal(3, Write(Ann, "again").MessageId);
        Assert.Equal(update + 1, (await UpdatesAsync())[^1].GetProperty("update_id").GetInt64());
    }

    [Fact]
    public async Task Ids_go_on_even_where_nothing_is_left_to_count_from()
    {
        var id = await Bot.SendAsync(Ann, "a");
        Assert.True((await Bot.CallAsync("deleteMessage", new { chat_id = Ann, message_id = id })).Ok);
        Write(Ann, "b");
        var update = (await UpdatesAsync())[0].GetProperty("update_id").GetInt64();
        await UpdatesAsync(update + 1);

        await RestartAsync();
        await RestartAsync();

        Write(Ann, "c");
        Assert.Equal(update + 1, (await UpdatesAsync())[0].GetProperty("update_id").GetInt64());
        Assert.Equal([id + 1, id + 2], Telegram.Messages(Ann).Select(message => message.MessageId));
    }

    [Fact]
    public async Task What_was_not_delivered_is_delivered_afterwards()
    {
        await using var hook = await WebhookReceiver.StartAsync();
        Write(Ann, "one");
        Assert.True((await Bot.CallAsync("setWebhook", new { url = hook.Url, secret_token = "s" })).Ok);
        (await hook.NextAsync()).Answer(500);
        (await hook.NextAsync()).Answer(500);
        await Clock.ArmedAsync(TimeSpan.FromSeconds(2));

        await RestartAsync();

        var again = await hook.NextAsync();
        Assert.Equal(("one", "s"), (again.Text, again.Secret));
        again.Answer(200);
    }

    [Fact]
    public async Task Topics_files_and_callbacks_are_there_again()
    {
        var thread = (await Bot.CallAsync("createForumTopic", new { chat_id = Forum, name = "Ticket" })).Result.GetProperty("message_thread_id").GetInt64();
        var file = Telegram.SendFile(new UserFile(Ann, StartingCompany.Ann, "a.txt", "text"u8.ToArray())).Document!.FileId;
        var button = await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a", reply_markup = new { inline_keyboard = new[] { new[] { new { text = "b", callback_data = "c" } } } } });
        var press = Telegram.Press(new ButtonPress(Ann, StartingCompany.Ann, button.Result.GetProperty("message_id").GetInt64(), "c"));

        await RestartAsync();

        Assert.True((await Bot.CallAsync("sendMessage", new { chat_id = Forum, message_thread_id = thread, text = "a" })).Ok);
        Assert.True((await Bot.CallAsync("answerCallbackQuery", new { callback_query_id = press.Id })).Ok);
        var path = (await Bot.CallAsync("getFile", new { file_id = file })).Result.GetProperty("file_path").GetString()!;
        using var download = await Bot.DownloadAsync(path);
        Assert.Equal("text", await download.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_line_that_a_kill_cut_short_costs_only_itself()
    {
        Write(Ann, "whole");
        await StopAsync();
        await File.AppendAllTextAsync(Path.Combine(_folder, "simulation.jsonl"), """{"message":{"bot":900001,"mess""");

        await StartAsync();
        Write(Ann, "after");
        await RestartAsync();

        Assert.Equal(["whole", "after"], Telegram.Messages(Ann).Select(message => message.Text));
    }

    [Fact]
    public async Task Every_change_is_with_the_operating_system_before_it_is_answered()
    {
        Write(Ann, "hello");

        // Read while the simulation still has the file open: what a kill would leave.
        await using var file = new FileStream(Path.Combine(_folder, "simulation.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        Assert.Contains("\"text\":\"hello\"", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_long_chat_keeps_its_latest_messages()
    {
        for (var i = 1; i <= 25; i++)
            Write(Ann, $"message {i}");

        long[] latest = [.. Enumerable.Range(16, 10).Select(id => (long)id)];
        Assert.Equal(latest, Telegram.Messages(Ann).Select(message => message.MessageId));
        await RestartAsync();
        Assert.Equal(latest, Telegram.Messages(Ann).Select(message => message.MessageId));
        Assert.Equal([24L, 25L], Telegram.Messages(Ann, after: 23).Select(message => message.MessageId));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
