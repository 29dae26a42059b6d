using System.Net;
using Microsoft.Extensions.Logging;
using Support.Contracts;
using Support.FunctionsHost;

namespace Support.Tests.FunctionsHost;

/// <summary>How the handler is started, started again, and given up.</summary>
public sealed class HandlerTests
{
    private readonly AppFolder _folder = new AppFolder().Http("echo", "echo/{*rest}").Http("exit", "exit/{code}");

    [Fact]
    public async Task It_gets_its_port_the_apps_folder_the_arguments_and_the_settings()
    {
        _folder.Description["arguments"] = new System.Text.Json.Nodes.JsonArray("--one two", "three");
        await using var app = await HostedApp.StartAsync(_folder, environment: ("HANDLER_SETTING", "given"));
        var line = await app.SaidAsync("port ");
        Assert.Matches($@"^port \d+ root {_folder.Path} arguments --one\|two\|three setting given$", line.Text);
    }

    [Fact]
    public async Task Its_output_is_information_and_its_errors_are_errors_unless_they_warn()
    {
        await using var app = await HostedApp.StartAsync(_folder);
        Assert.Equal((LogLevel.Information, HostLine.Handler), Of(await app.SaidAsync("port ")));
        Assert.Equal((LogLevel.Warning, HostLine.Handler), Of(await app.SaidAsync("This is a WARNING")));
        Assert.Equal((LogLevel.Error, HostLine.Handler), Of(await app.SaidAsync("This is broken")));
    }

    [Fact]
    public async Task A_failed_exit_is_followed_by_a_start_and_the_third_stops_the_host()
    {
        await using var app = await HostedApp.StartAsync(_folder);
        var pids = new HashSet<int?> { app.Host.HandlerPid };
        for (var i = 0; i < 2; i++)
        {
            await app.Client.PostAsync("exit/3", new StringContent("now"));
            Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("echo/a")).StatusCode);
            Assert.True(pids.Add(app.Host.HandlerPid));
            Assert.False(app.Host.Stopped.IsCompleted);
        }

        await app.Client.PostAsync("exit/3", new StringContent("now"));
        Assert.Contains("the handler exited with 3", await app.Host.Stopped.WaitAsync(TimeSpan.FromSeconds(20)), StringComparison.Ordinal);
        Assert.Null(app.Host.HandlerPid);
        await Assert.ThrowsAsync<HttpRequestException>(() => app.Client.GetAsync("echo/a"));
    }

    [Fact]
    public async Task Errors_half_an_hour_apart_are_not_added_up()
    {
        var clock = new ManualClock();
        await using var app = await HostedApp.StartAsync(_folder, clock: clock);
        for (var i = 0; i < 4; i++)
        {
            await app.Client.PostAsync("exit/3", new StringContent("now"));
            Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("echo/a")).StatusCode);
            clock.Advance(TimeSpan.FromMinutes(31));
        }
    }

    [Fact]
    public async Task An_exit_with_0_is_not_followed_by_a_start()
    {
        await using var app = await HostedApp.StartAsync(_folder);
        await app.Client.PostAsync("exit/0", new StringContent("now"));
        await app.SaidAsync("An exit with 0 is not followed by another start");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Client.GetAsync("echo/a")).StatusCode);
        Assert.Null(app.Host.HandlerPid);
        Assert.False(app.Host.Stopped.IsCompleted);
    }

    [Theory]
    [InlineData("5", "exited with 5: AzureWebJobsStorage is wrong (3 errors)")]
    [InlineData("0", "exited with 0: AzureWebJobsStorage is wrong.")]
    public async Task A_handler_that_cannot_start_stops_the_start_with_its_own_words(string code, string expected)
    {
        var e = await Assert.ThrowsAsync<FunctionsHostException>(() => HostedApp.StartAsync(_folder, environment: ("HANDLER_EXITS", code)));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_is_no_error_however_often()
    {
        await using var app = await HostedApp.StartAsync(_folder);
        for (var i = 0; i < 5; i++)
        {
            var pid = app.Host.HandlerPid!.Value;
            await app.Host.KillHandlerAsync();
            Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("echo/a")).StatusCode);
            Assert.NotEqual(pid, app.Host.HandlerPid);
            Assert.False(Alive.Is(pid));
        }
    }

    [Fact]
    public async Task A_handler_that_is_not_executable_says_so()
    {
        var file = Path.Combine(_folder.Path, "Support.Functions");
        await File.WriteAllTextAsync(file, "no program");
        _folder.Description["defaultExecutablePath"] = "Support.Functions";
        var e = await Assert.ThrowsAsync<FunctionsHostException>(() => HostedApp.StartAsync(_folder));
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
    }

    private static (LogLevel, string) Of(HostLine line) => (line.Level, line.Source);
}
