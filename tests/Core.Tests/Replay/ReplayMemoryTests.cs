using System.Text;
using Support.Replay;

namespace Support.Tests.Replay;

/// <summary>What is in memory is measured of the whole process: nothing else may run meanwhile.</summary>
[Collection(Alone)]
public sealed class ReplayMemoryTests
{
    private const string Alone = "Memory";
    private const long Much = 60L * 1024 * 1024;
    private const long Step = 15L * 1024 * 1024;

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class NothingElse;

    /// <summary>60 MB go by; what is kept of them is the questions asked for and what can still be replied to.</summary>
    [Theory]
    [InlineData("personal_chat")]
    [InlineData("private_supergroup")]
    public async Task Memory_does_not_grow_with_the_file(string type)
    {
        var (history, most) = await ReadAsync(Endless(type, Much));

        Assert.Equal(200, history.Questions.Count);
        Assert.True(history.Found >= 2000, $"Only {history.Found} were found.");
        Assert.InRange(most, 0, Much / 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task Nor_does_it_where_ids_are_missing_or_come_again_and_everybody_writes_once(int times)
    {
        var (history, most) = await ReadAsync(Strangers(times, Much));

        Assert.True(history.Messages > 50_000, $"Only {history.Messages} were read.");
        Assert.InRange(most, 0, Much / 3);
    }

    private static async Task<(History History, long Most)> ReadAsync(IEnumerable<byte[]> bytes)
    {
        var (most, next) = (0L, Step);
        // What earlier tests left behind would hide as much of this one's.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var file = new Pieces(bytes, given =>
        {
            if (given < next)
                return;
            next += Step;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        });
        var history = await new ReadHistory(200, []).FromAsync(file, CancellationToken.None);
        Assert.True(next >= Much && file.Given > Much);
        return (history, most);
    }

    /// <param name="times">How often each id comes; 0: there are none.</param>
    private static IEnumerable<byte[]> Strangers(int times, long bytes)
    {
        yield return "{\"name\": \"Shop\", \"type\": \"private_supergroup\", \"id\": 5, \"messages\": ["u8.ToArray();
        var filling = string.Join(' ', Enumerable.Repeat("delivery of the lamp to the island", 20));
        var given = 0L;
        for (var i = 0; given < bytes; i++)
        {
            var id = times == 0 ? "" : $"\"id\": {i / times}, ";
            var message = Encoding.UTF8.GetBytes(
                $$"""{{(i == 0 ? "" : ",")}}{{{id}}"type": "message", "date_unixtime": "{{1_700_000_000 + i * 600}}", "from": "P", "from_id": "user{{1000 + i}}", "text": "Question {{i}} about {{filling}}?"}""");
            given += message.Length;
            yield return message;
        }
        yield return "]}"u8.ToArray();
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
}
