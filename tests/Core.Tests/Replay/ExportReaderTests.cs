using System.Text;
using System.Text.Json.Nodes;
using Support.Replay;

namespace Support.Tests.Replay;

public sealed class ExportReaderTests
{
    private const long Much = 60L * 1024 * 1024;
    private const long Step = 15L * 1024 * 1024;

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

    [Fact]
    public async Task A_value_larger_than_any_message_is_not_read_into_memory()
    {
        var endless = Enumerable.Repeat(Encoding.UTF8.GetBytes(new string('a', 64 * 1024)), 4096).Prepend("{\"name\": \""u8.ToArray());
        var file = new Pieces(endless);

        await Assert.ThrowsAsync<ExportException>(() => ReadAsync(file));

        Assert.InRange(file.Given, 1, 16 * 1024 * 1024);
    }

    /// <summary>60 MB go by; what is kept of them is the questions asked for and what can still be replied to.</summary>
    [Theory]
    [InlineData("personal_chat")]
    [InlineData("private_supergroup")]
    public async Task Memory_does_not_grow_with_the_file(string type)
    {
        var (most, next) = (0L, Step);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var file = new Pieces(Endless(type, Much), given =>
        {
            if (given < next)
                return;
            next += Step;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        });

        var history = await new ReadHistory(200, []).FromAsync(file, CancellationToken.None);

        Assert.Equal(200, history.Questions.Count);
        Assert.True(history.Found >= 2000, $"Only {history.Found} were found.");
        Assert.True(file.Given > Much);
        Assert.InRange(most, 1, Much / 3);
    }

    private static IEnumerable<byte[]> Endless(string type, long bytes)
    {
        yield return Encoding.UTF8.GetBytes($"{{\"name\": \"Shop\", \"type\": \"{type}\", \"id\": 5, \"messages\": [");
        var filling = string.Join(' ', Enumerable.Repeat("delivery of the lamp to the island", 20));
        var given = 0L;
        for (var id = 1; given < bytes; id += 2)
        {
            var person = type == "personal_chat" ? 5 : 1000 + id % 97;
            var pair = Encoding.UTF8.GetBytes(
                $$"""
                {{(id == 1 ? "" : ",")}}{"id": {{id}}, "type": "message", "date_unixtime": "{{1_700_000_000 + id * 600}}", "from": "P", "from_id": "user{{person}}", "text": "Question {{id}} about {{filling}}?"},
                {"id": {{id + 1}}, "type": "message", "date_unixtime": "{{1_700_000_060 + id * 600}}", "from": "Shop", "from_id": "user900", "reply_to_message_id": {{id}}, "text": "Answer {{id}}: {{filling}}."}
                """);
            given += pair.Length;
            yield return pair;
        }
        yield return "]}"u8.ToArray();
    }

    private static Task<List<ExportedMessage>> ReadAsync(string json) => ReadAsync(ExportFile.StreamOf(json));

    private static Task<List<ExportedMessage>> ReadAsync(Stream file) => new ExportReader(file).ReadAsync(CancellationToken.None).ToListAsync().AsTask();
}
