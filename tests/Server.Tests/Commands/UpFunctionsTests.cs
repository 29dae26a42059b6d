using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Support.Contracts;
using Support.Server.PrivateDatabase;
using Support.Tests.WholeApp.FunctionApps;

namespace Support.Tests.Commands;

/// <summary><c>up --functions</c> as a newcomer runs it: both published apps, their hosts and the queues as children of the supervisor.</summary>
public sealed class UpFunctionsTests
{
    [Fact]
    public async Task A_question_on_the_page_is_answered_by_the_function_apps_also_after_the_kill_switch_and_everything_stops()
    {
        var folder = TestFolders.New("up-functions");
        await using var up = await UpProcess.StartAsync(
            folder, LoopbackPort.Free(), environment: null,
            "--apps", PublishedApps.Folder("."), "--functions-host", Path.Combine(AppContext.BaseDirectory, "Support.FunctionsHost"),
            "--azurite", Path.Combine(PublishedApps.Root, "tests", "tools", "node_modules", "azurite"), "--samples", Path.Combine(PublishedApps.Root, "samples"));
        Assert.True(up.IsReady, up.Output);

        await IsAnsweredAsync(up, 60_001);
        using (await up.Http.PostAsync(up.Url + "/try/kill", null))
            await UpProcess.UntilAsync(async () => (await up.StateAsync()).GetProperty("restarts").GetInt32() >= 2);
        await IsAnsweredAsync(up, 60_002);

        int[] children = [.. new[] { "functions", "ingestion", "queues" }.Select(name => int.Parse(File.ReadAllText(up.Data.ProcessOf(name)), CultureInfo.InvariantCulture))];
        up.Signal(Signal.Terminate);
        Assert.Equal(0, await up.ExitAsync());
        Assert.All(children, child => Assert.False(ProcessTable.IsAlive(child)));
    }

    private static async Task IsAnsweredAsync(UpProcess up, long customer)
    {
        var message = new { chat = customer, from = new { id = customer, first_name = "Ann", language_code = "en" }, text = "How long is the warranty?" };
        using (var written = await up.Http.PostAsJsonAsync(up.Url + "/sim/messages", message))
            written.EnsureSuccessStatusCode();
        await UpProcess.UntilAsync(async () =>
            (await up.Http.GetFromJsonAsync<JsonElement>($"{up.Url}/sim/messages?chat={customer}&after=0")).EnumerateArray().Any(m => m.GetProperty("from").GetProperty("is_bot").GetBoolean()));
    }
}
