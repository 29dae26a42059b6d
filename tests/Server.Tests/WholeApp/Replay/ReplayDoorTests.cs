using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Support.Tests.WholeApp.Replay;

/// <summary>POST /replay and /replay/labels of the real server.</summary>
public sealed class ReplayDoorTests(ReplayDoorTests.SmallLimit one) : IClassFixture<ReplayDoorTests.SmallLimit>
{
    private const string History =
        """
        {"name": "Ann", "type": "personal_chat", "id": 5, "messages": [
          {"id": 1, "type": "message", "date_unixtime": "1772442000", "from": "Ann", "from_id": "user5", "text": "How do I return a lamp?"},
          {"id": 2, "type": "message", "date_unixtime": "1772442060", "from": "Shop", "from_id": "user900", "text": "<img src=x onerror=alert(1)>"},
          {"id": 3, "type": "message", "date_unixtime": "1772452000", "from": "Ann", "from_id": "user5", "text": "Do you tune violins?"},
          {"id": 4, "type": "message", "date_unixtime": "1772452060", "from": "Shop", "from_id": "user900", "text": "No."}]}
        """;

    public sealed class SmallLimit : OneDesk
    {
        protected override void Change(Dictionary<string, string> settings) => settings["Support__Replay__FileBytes"] = $"{1024 * 1024}";
    }

    [Fact]
    public async Task A_history_comes_back_decided_and_a_verdict_is_kept_as_a_label()
    {
        var (status, replayed) = await PostAsync("/replay?last=50", History);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((1, 0, 1), (replayed.GetProperty("answered").GetInt32(), replayed.GetProperty("askedBack").GetInt32(), replayed.GetProperty("handedOver").GetInt32()));
        var question = replayed.GetProperty("questions").EnumerateArray().Single(q => q.GetProperty("decision").GetString() == "answer");
        Assert.Equal("<img src=x onerror=alert(1)>", question.GetProperty("answered").GetString());

        var chunk = question.GetProperty("passage").GetProperty("chunk").GetInt64();
        var (kept, _) = await PostAsync("/replay/labels", JsonSerializer.Serialize(new { question = "How do I return a lamp?", chunk, verdict = "right" }));
        Assert.Equal(HttpStatusCode.OK, kept);
        Assert.Equal("replay 1 How do I return a lamp?", await one.Memory.OneAsync<string>("select source || ' ' || verdict || ' ' || question from label"));
        var (gone, said) = await PostAsync("/replay/labels", JsonSerializer.Serialize(new { question = "How do I return a lamp?", chunk = chunk + 100_000, verdict = "right" }));
        Assert.Equal(HttpStatusCode.Conflict, gone);
        Assert.Contains("Replay the history again", said.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("/replay", "<html>", 400, "Machine-readable JSON")]
    [InlineData("/replay?last=0", "{}", 400, "last=0")]
    [InlineData("/replay?last=many", "{}", 400, "last=many")]
    [InlineData("/replay/labels", "{\"question\": \"?\", \"chunk\": 1, \"verdict\": \"fine\"}", 400, "right, partly or wrong")]
    [InlineData("/replay/labels", "{\"question\": \"?\", \"verdict\": \"right\"}", 400, "\"chunk\"")]
    [InlineData("/replay/labels", "{\"question\": \"a lamp?\", \"chunk\": 1, \"verdict\": \"chosen\"}", 400, "the chunk of the one that is right")]
    [InlineData("/replay/labels", "{\"question\": \"a lamp?\", \"chunk\": 1, \"verdict\": \"right\", \"chosen\": 1}", 400, "of a choice")]
    [InlineData("/replay/labels", "{\"question\": \"a lamp?\", \"chunk\": -1, \"verdict\": \"chosen\", \"chosen\": -1}", 409, "Replay the history again")]
    [InlineData("/replay/labels", "{\"question\": \"a\\u0000lamp\", \"chunk\": 1, \"verdict\": \"right\"}", 400, "right, partly or wrong")]
    [InlineData("/ask", "{\"question\": \"a\\u0000lamp\"}", 400, "none of them NUL")]
    public async Task What_cannot_be_used_is_refused_with_what_to_do(string path, string body, int status, string why)
    {
        var (answered, problem) = await PostAsync(path, body);

        Assert.Equal(status, (int)answered);
        Assert.Contains(why, problem.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_document_of_an_impossible_name_is_not_there()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, one.Desk.Door + "/documents?name=a%00b");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-key");
        using var response = await DeskServer.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task While_one_history_is_replayed_another_of_the_company_is_refused_and_later_taken()
    {
        var slow = new SlowBody();
        using var request = new HttpRequestMessage(HttpMethod.Post, one.Desk.Door + "/replay") { Content = slow };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-key");
        request.Headers.TransferEncodingChunked = true;
        var first = DeskServer.Http.SendAsync(request);
        await slow.Began.Task;

        HttpStatusCode status;
        JsonElement problem;
        do
            (status, problem) = await PostAsync("/replay", History);
        while (status == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("one at a time for a company", problem.GetProperty("error").GetString());
        slow.End.SetResult();
        using var done = await first;
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/replay", History)).Status);
    }

    /// <summary>The history, all but its last byte; that one when the test says so.</summary>
    private sealed class SlowBody : HttpContent
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(History[..^1]));
            await stream.FlushAsync();
            Began.SetResult();
            await End.Task;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(History[^1..]));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    [Theory]
    [InlineData("/replay")]
    [InlineData("/replay/labels")]
    public async Task Nobody_enters_without_the_key(string path) => Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(path, History, "wrong")).Status);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_above_the_limit_is_refused_with_the_limit_whether_or_not_its_length_is_told(bool isTold)
    {
        var large = "{\"name\": \"" + new string('a', 100) + "\", \"x\": [" + string.Join(",", Enumerable.Repeat("\"" + new string('b', 1000) + "\"", 1100)) + "]}";

        var (status, problem) = await PostAsync("/replay", large, isTold: isTold);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("larger than 1 MB", problem.GetProperty("error").GetString());
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string body, string key = "test-key", bool isTold = true)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, one.Desk.Door + path) { Content = new ByteArrayContent(bytes) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = !isTold;
        using var response = await DeskServer.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
