using System.Text;
using System.Text.Json.Nodes;
using Support.Replay;

namespace Support.Tests.Replay;

public sealed class ExportReaderTests
{
    [Fact]
    public async Task The_export_of_one_chat_and_of_all_chats_hold_the_same_messages()
    {
        var file = new ExportFile().Chat(5).Customer("How do I return a lamp?").Staff("Within 14 days.", change: ExportFile.Reply(1));

        var one = await ReadAsync(file.One());
        var all = await ReadAsync(file.All());

        Assert.Equal(["How do I return a lamp?", "Within 14 days."], one.Select(m => m.Text));
        Assert.Equal(one.Select(m => m with { Chat = all[0].Chat }), all);
        Assert.Equal(new ExportedChat(null, "personal_chat", 5), one[0].Chat);
        Assert.Equal(new ExportedChat("user900", "personal_chat", 5), all[0].Chat);
        Assert.Equal((1L, "user900"), (one[1].ReplyTo!.Value, one[1].FromId));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 1, 0, TimeSpan.Zero), one[0].At);
    }

    [Fact]
    public async Task Formatted_text_is_read_without_its_formatting_and_what_is_not_as_expected_is_missing()
    {
        var file = new ExportFile().Chat(5)
            .Customer("", change: m => m["text"] = new JsonArray("Call ", new JsonObject { ["type"] = "phone", ["text"] = "8 800" }, 7, null, "!"))
            .Customer("no date", change: m => (m["date_unixtime"], m["date"]) = ("soon", 12))
            .Customer("gone", change: m => m["from"] = null)
            .Customer("new", change: m => (m["reactions"], m["something"]) = (new JsonArray(new JsonObject { ["count"] = 3 }), new JsonObject { ["a"] = new JsonArray(1) }))
            .Customer("joined", change: m => m["type"] = "service")
            .Customer("elsewhere", change: m => (m["reply_to_message_id"], m["reply_to_peer_id"]) = (3, "channel8"))
            .Customer("", change: m => (m["file"], m["media_type"]) = ("a.webp", "sticker"))
            .Customer("see", change: ExportFile.Photo)
            .Customer("\u001b[2Jcleared");

        var read = await ReadAsync(file.All());

        Assert.Equal(["Call 8 800!", "no date", "gone", "new", "elsewhere", "", "see", "[2Jcleared"], read.Select(m => m.Text));
        Assert.Null(read[1].At);
        Assert.Null(read[2].From);
        Assert.Null(read[4].ReplyTo);
        Assert.Equal([false, true], [read[5].HasMedium, read[6].HasMedium]);
    }

    /// <summary>Telegram Desktop writes \x0B for a control character, which is no JSON.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1 << 20)]
    public async Task However_the_bytes_arrive_the_messages_are_the_same_even_with_control_characters(int piece)
    {
        var json = new ExportFile().Chat(5).Customer("tab@here").Staff("a \\ b \\x41 \"c\"").Customer("ещё 🙂@").One().Replace("@", "\\x0B", StringComparison.Ordinal);

        var read = await ReadAsync(Pieces.Of(Encoding.UTF8.GetBytes(json), piece));

        Assert.Equal(["tab    here", "a \\ b \\x41 \"c\"", "ещё 🙂"], read.Select(m => m.Text));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>", "HTML")]
    [InlineData("PK\u0003\u0004…", "ZIP")]
    [InlineData("", "empty")]
    [InlineData("How do I return a lamp?", "no JSON object")]
    [InlineData("[1, 2]", "no JSON object")]
    [InlineData("{\"questions\": []}", "neither \"messages\" nor \"chats\"")]
    [InlineData("{\"name\": ", "ends in the middle, at byte 9")]
    [InlineData("{\"name\": nonsense}", "byte 9")]
    [InlineData("{\"messages\": [{\"id\": 1, \"type\": \"message\"}], \"type\": \"personal_chat\"}", "\"type\" must stand before")]
    public async Task What_is_no_export_is_refused_with_what_to_do(string content, string why)
    {
        var refused = await Assert.ThrowsAsync<ExportException>(() => ReadAsync(content));

        Assert.Contains(why, refused.Message);
        Assert.Contains("Machine-readable JSON", refused.Message);
    }

    [Fact]
    public async Task Of_a_file_that_breaks_off_what_stands_before_is_read_and_where_it_broke_off_is_said()
    {
        var json = new ExportFile().Chat(5).Customer("one").Staff("two").Customer("three").One();
        var cut = json[..(json.IndexOf("three", StringComparison.Ordinal) + 2)];
        var reader = new ExportReader(ExportFile.StreamOf(cut));

        var read = await reader.ReadAsync(CancellationToken.None).Select(m => m.Text).ToListAsync();

        Assert.Equal(["one", "two"], read);
        Assert.Equal($"The file ends in the middle, at byte {cut.Length:N0}", reader.BrokenOff);
    }

    /// <summary>A message of a megabyte that arrives a few bytes at a time; gone over with each of them it would be thirty gigabytes.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(70_000)]
    public async Task However_few_bytes_arrive_at_a_time_each_is_gone_over_a_few_times(int piece)
    {
        var bytes = Encoding.UTF8.GetBytes(new ExportFile().Chat(5).Customer("one").Customer(new string('a', 1024 * 1024)).Customer("three").One());
        var reader = new ExportReader(Pieces.Of(bytes, piece));

        Assert.Equal(3, await reader.ReadAsync(CancellationToken.None).CountAsync());

        Assert.InRange(reader.GoneOver, bytes.Length, 4 * bytes.Length);
    }

    [Fact]
    public async Task What_no_telegram_would_write_is_cut_and_never_inside_a_character()
    {
        var file = new ExportFile().Chat(5)
            .Customer(new string('a', 4095) + "🙂", change: message => message["from"] = new string('n', 300))
            .Customer("", change: message => message["text"] = new JsonArray(new string('b', 3000), new string('c', 3000)))
            .Customer(new string('d', 4096), change: message => message["from_id"] = "user" + new string('1', 300));

        var read = await ReadAsync(file.One());

        Assert.Equal([4095, 4096, 4096], read.Select(message => message.Text.Length));
        Assert.Equal((256, 256), (read[0].From!.Length, read[2].FromId!.Length));
        Assert.False(char.IsHighSurrogate(read[0].Text[^1]));
    }

    [Fact]
    public async Task A_value_larger_than_any_message_is_not_read_into_memory()
    {
        var endless = Enumerable.Repeat(Encoding.UTF8.GetBytes(new string('a', 64 * 1024)), 4096).Prepend("{\"name\": \""u8.ToArray());
        var file = new Pieces(endless);

        await Assert.ThrowsAsync<ExportException>(() => ReadAsync(file));

        Assert.InRange(file.Given, 1, 16 * 1024 * 1024);
    }

    private static Task<List<ExportedMessage>> ReadAsync(string json) => ReadAsync(ExportFile.StreamOf(json));

    private static Task<List<ExportedMessage>> ReadAsync(Stream file) => new ExportReader(file).ReadAsync(CancellationToken.None).ToListAsync().AsTask();
}
