using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Wire;
using Xunit;

namespace Support.Tests.Simulation;

/// <summary>A simulation with a clock that stands still, its bot, and people who write.</summary>
public abstract class SimulationTest : IAsyncLifetime
{
    protected const long Ann = 1001;
    protected const long Group = StartingCompany.AdminsGroup;
    protected const long Forum = -1002000000777;

    private readonly HttpClient _http = new(new SocketsHttpHandler());
    private RunningSimulation? _running;

    protected ManualClock Clock { get; } = new();

    protected SimulatedTelegram Telegram => _running!.Telegram;

    protected HttpClient Http => _http;

    protected Uri Server => _running!.BaseUrl;

    protected BotDriver Bot { get; private set; } = null!;

    /// <summary>The chats of the starting company, and a forum.</summary>
    protected virtual SimulationOptions Options => new()
    {
        Clock = Clock,
        EnforceLimits = false,
        Chats =
        [
            .. StartingCompany.Chats,
            new SimulatedChat(Forum, "Forum") { IsForum = true, Audience = ChatAudience.Admins, Members = [StartingCompany.Alice] },
        ],
    };

    public async ValueTask InitializeAsync() => await StartAsync();

    protected async Task StartAsync()
    {
        _running = await SimulationHost.StartAsync(Options, "http://127.0.0.1:0", TestContext.Current.CancellationToken);
        Bot = new BotDriver(_http, _running.BaseUrl, StartingCompany.Bot.Token);
    }

    protected async Task StopAsync() => await _running!.DisposeAsync();

    protected Message Write(long chat, string text, long? from = null) => Telegram.Write(new UserMessage(chat, new SimulatedUser(from ?? chat), text));

    protected async Task<List<System.Text.Json.JsonElement>> UpdatesAsync(long offset = 0)
    {
        var answer = await Bot.CallAsync("getUpdates", new { offset });
        Assert.True(answer.Ok, answer.Description);
        return [.. answer.Result.EnumerateArray()];
    }

    public virtual async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
