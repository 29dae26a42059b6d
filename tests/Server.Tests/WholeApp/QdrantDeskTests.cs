using System.Diagnostics;
using System.Net.Http.Headers;
using Support.Contracts;
using Support.Contracts.Qdrant;
using Support.QdrantStandIn;

namespace Support.Tests.WholeApp;

/// <summary>The server process with its index in Qdrant, or in what the tests have for it.</summary>
public sealed class QdrantDeskTests
{
    [Fact]
    public async Task Questions_are_answered_from_it_documents_come_and_go_and_an_owner_can_reindex()
    {
        await using var qdrant = await TestQdrant.StartAsync();
        await using var desk = await OpenAsync(qdrant);
        Assert.Equal("indexed", (await desk.UploadAsync("returns.md", OneDesk.Guide)).GetProperty("status").GetString());
        Assert.Contains("14 days", (await desk.AskInChatAsync(OneDesk.NewCustomer(), "How do I return a lamp?")).Text!, StringComparison.Ordinal);

        await desk.UploadAsync("returns.md", OneDesk.Guide.Replace("14 days", "30 days", StringComparison.Ordinal));
        Assert.Contains("30 days", (await desk.AskInChatAsync(OneDesk.NewCustomer(), "How do I return a lamp?")).Text!, StringComparison.Ordinal);

        Assert.Equal((0, "The index has what PostgreSQL has."), await EventuallyCheckedAsync(qdrant, desk));
        var (exit, said) = await RunAsync(qdrant, desk, "reindex");
        Assert.Equal((0, "The new index serves."), (exit, said.Split('\n')[^1]));
        Assert.Contains("30 days", (await desk.AskInChatAsync(OneDesk.NewCustomer(), "How do I return a lamp?")).Text!, StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{desk.Server.Url}/documents?name=returns.md");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-key");
        (await DeskServer.Http.SendAsync(request)).EnsureSuccessStatusCode();
        Assert.Empty((await desk.AskAsync("How do I return a lamp?")).GetProperty("passages").EnumerateArray());
        if (qdrant.StandIn is { } standIn)
            await Eventually.HoldsAsync(() => standIn.IdsOf(qdrant.Collection).Count == 0, "the removed document's points are gone");
    }

    [Fact]
    public async Task When_it_goes_away_questions_go_to_people_and_documents_wait()
    {
        await using var qdrant = await TestQdrant.StandInAsync(new StandInOptions());
        await using var desk = await OpenAsync(qdrant);
        await desk.UploadAsync("returns.md", OneDesk.Guide);
        var memory = await Memory.OfAsync(desk);
        qdrant.StandIn!.Instead = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };

        var customer = OneDesk.NewCustomer();
        await desk.AskInChatAsync(customer, "How do I return a lamp?");

        Assert.Equal("model_failed", await memory.OneAsync<string>("select reason from ticket"));
        Assert.Contains("Support__Qdrant__Url", desk.Server.Output, StringComparison.Ordinal);
        var (exit, said) = await RunAsync(qdrant, desk, "check");
        Assert.Equal(1, exit);
        Assert.StartsWith($"Qdrant at {qdrant.StandIn.Url.AbsoluteUri.TrimEnd('/')} cannot be reached", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_said_at_the_start_in_one_line_without_the_key()
    {
        await using var qdrant = await TestQdrant.StandInAsync(new StandInOptions { ApiKey = "the-right-key" });
        await using var desk = await OpenAsync(qdrant, settings => settings["Support__Qdrant__ApiKey"] = "the-wrong-key");
        await Eventually.HoldsAsync(() => desk.Server.Output.Contains("refuses the key (403). Set Support__Qdrant__ApiKey", StringComparison.Ordinal), "the desk says what is wrong");
        Assert.DoesNotContain("the-wrong-key", desk.Server.Output, StringComparison.Ordinal);
    }

    private static Task<Desk> OpenAsync(TestQdrant qdrant, Action<Dictionary<string, string>>? change = null) => Desk.OpenAsync(change: settings =>
    {
        foreach (var (name, value) in Environment(qdrant))
            settings[name] = value;
        change?.Invoke(settings);
    });

    private static IEnumerable<(string Name, string Value)> Environment(TestQdrant qdrant) =>
        qdrant.Settings.Where(one => one.Value is not null).Select(one => (one.Key.Replace(":", "__", StringComparison.Ordinal), one.Value!));

    /// <summary>What a replacement left behind goes a moment later.</summary>
    private static async Task<(int, string)> EventuallyCheckedAsync(TestQdrant qdrant, Desk desk)
    {
        (int Exit, string Said) found = default;
        await Eventually.HoldsAsync(async () => (found = await RunAsync(qdrant, desk, "check")).Exit == 0, "the index has what PostgreSQL has", seconds: 60);
        return found;
    }

    private static async Task<(int Exit, string Said)> RunAsync(TestQdrant qdrant, Desk desk, string verb)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Support.Server.dll"), "knowledge", verb])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in Environment(qdrant))
            start.Environment[name] = value;
        start.Environment["Support__Database__ConnectionString"] = desk.Database;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + await error).Trim());
    }
}
