using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Wire;
using Support.Tenants;

namespace Support.Tests.WholeApp;

/// <summary>A simulated Telegram in the test's process and the real desk beside it, on a real PostgreSQL.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string MasterKey = "dGVzdCBtYXN0ZXIga2V5IHRlc3QgbWFzdGVyIGtleSE=";
    public const long Group = StartingCompany.AdminsGroup;
    public static readonly SimulatedUser Ann = StartingCompany.Ann;
    public static readonly SimulatedUser Boris = StartingCompany.Boris;
    public static readonly SimulatedUser Alice = StartingCompany.Alice;
    public static readonly SimulatedUser Oleg = StartingCompany.Oleg;
    public static readonly SimulatedUser Eve = StartingCompany.Eve;

    private readonly Dictionary<string, string> _settings;

    private Desk(RunningSimulation simulation, IDeskProcess server, Dictionary<string, string> settings)
    {
        Simulation = simulation;
        Server = server;
        Door = server.Url;
        _settings = settings;
    }

    public RunningSimulation Simulation { get; }

    public IDeskProcess Server { get; }

    /// <summary>Where its HTTP doors are knocked at: the server itself, unless a test puts a proxy before it.</summary>
    public string Door { get; set; }

    private string DocumentsDoor => Door == Server.Url ? Server.DocumentsUrl : Door;

    public string Database => _settings["Support__Database__ConnectionString"];

    public SimulatedTelegram Telegram => Simulation.Telegram;

    /// <summary>One company with the simulation's people, unless <paramref name="change"/> says otherwise.</summary>
    /// <param name="start">Null for the server process.</param>
    public static async Task<Desk> OpenAsync(
        Action<SimulationOptions>? prepare = null, Action<Dictionary<string, string>>? change = null, string? database = null, Func<Dictionary<string, string>, Task<IDeskProcess>>? start = null)
    {
        var options = new SimulationOptions { LongestWebhookPause = TimeSpan.FromSeconds(2) };
        prepare?.Invoke(options);
        database ??= await TestDatabase.CreateAsync();
        var simulation = await SimulationHost.StartAsync(options, "http://127.0.0.1:0", CancellationToken.None);
        var settings = new Dictionary<string, string>
        {
            ["Support__Database__ConnectionString"] = database,
            ["Support__Security__MasterKey"] = MasterKey,
            ["Support__Http__UploadKey"] = "test-key",
            ["Support__Telegram__ApiUrl"] = simulation.BaseUrl.ToString(),
            ["Support__Telegram__Token"] = StartingCompany.Bot.Token,
            ["Support__Desk__AdminsChat"] = Group.ToString(),
            ["Support__Conversations__BurstSeconds"] = "0",
            ["ADMIN_IDS"] = "3001,3002",
            ["EDITOR_IDS"] = "4001",
        };
        change?.Invoke(settings);
        return new Desk(simulation, start is null ? await DeskServer.StartAsync(settings) : await start(settings), settings);
    }

    /// <summary>A further server process on the same database.</summary>
    public Task<DeskServer> StartAnotherAsync() => DeskServer.StartAsync(_settings);

    public async Task<JsonElement> UploadAsync(string name, string text, string key = "test-key", string audience = "customers") =>
        await UploadAsync(name, Encoding.UTF8.GetBytes(text), key, audience);

    public async Task<JsonElement> UploadAsync(string name, byte[] bytes, string key = "test-key", string audience = "customers")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{DocumentsDoor}/documents?name={Uri.EscapeDataString(name)}&audience={audience}") { Content = new ByteArrayContent(bytes) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await DeskServer.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    public async Task<JsonElement> AskAsync(string question, string key = "test-key")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Door + "/ask") { Content = JsonContent.Create(new { question }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await DeskServer.Http.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>The key of a tenant's HTTP doors, as the desk derives it.</summary>
    public static string KeyOf(TenantId tenant) => new UploadKeys(SecretBox.Derive(MasterKey, "upload"), null).KeyOf(tenant);

    public Message Write(SimulatedUser who, string text, long? chat = null, long? replyTo = null, long? bot = null) =>
        Telegram.Write(new UserMessage(chat ?? who.Id, who, text) { ReplyTo = replyTo, Bot = bot });

    /// <summary>The bot's next message in the chat after <paramref name="after"/> that <paramref name="matches"/>.</summary>
    public Task<Message> ReplyAsync(long chat, long after, Func<Message, bool>? matches = null, long? bot = null) =>
        Eventually.GetAsync(
            () => Telegram.Messages(chat, after, bot).FirstOrDefault(m => m.From is { IsBot: true } && (matches?.Invoke(m) ?? true)),
            $"a reply in chat {chat} after message {after}. The desk says: {Server.Output}");

    public async Task<Message> AskInChatAsync(SimulatedUser who, string text, long? bot = null) =>
        await ReplyAsync(who.Id, Write(who, text, bot: bot).MessageId, bot: bot);

    public PressedButton Press(SimulatedUser who, long chat, Message message, string dataEnd) =>
        Telegram.Press(new ButtonPress(chat, who, message.MessageId, Buttons(message).First(b => b.EndsWith(dataEnd, StringComparison.Ordinal))));

    public static IEnumerable<string> Buttons(Message message) =>
        message.ReplyMarkup?.InlineKeyboard.SelectMany(row => row).Select(b => b.CallbackData).OfType<string>() ?? [];

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Simulation.DisposeAsync();
    }
}
