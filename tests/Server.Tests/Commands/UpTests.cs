using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using Dapper;
using Npgsql;
using Support.Contracts;
using Support.Server.Commands;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;
using Support.Simulation;
using Xunit;

namespace Support.Tests.Commands;

[UnsupportedOSPlatform("windows")]
public sealed class UpTests
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly SimulatedBot RealBot = new("700007:REAL-0000000000000000000000000000000", "real_bot", "Real");

    private readonly string _folder = TestFolders.New("up");
    private readonly int _port = LoopbackPort.Free();

    /// <summary>A shell that starts tests in the background has them, and all they start, ignore Ctrl-C for good.</summary>
    private static bool IsInterruptIgnored()
    {
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToUInt64(line["SigIgn:".Length..].Trim(), 16) & 0b10) != 0;
    }

    [Fact]
    public async Task It_gets_ready_says_so_again_when_it_runs_and_stops_everything()
    {
        await using var up = await UpProcess.StartAsync(_folder, _port);
        Assert.True(up.IsReady, up.Output);
        Assert.Equal(200, await up.HealthAsync());
        var file = DeskFile.Read(up.Data)!;
        Assert.Equal((up.Url, up.Pid), (file.Url, file.Pid));
        Assert.Equal(OwnersOnly, File.GetUnixFileMode(up.Data.Desk));
        Assert.Equal(OwnersOnly, File.GetUnixFileMode(up.Data.Secrets));

        await using (var again = await UpProcess.StartAsync(_folder, _port))
        {
            Assert.Equal(0, await again.ExitAsync());
            Assert.Contains("running already", again.Output, StringComparison.Ordinal);
            Assert.True(again.IsReady, again.Output);
        }

        var postgres = PostmasterFile.Read(up.Data.Postgres)!;
        var desk = DeskPid(up.Data);
        up.Signal(IsInterruptIgnored() ? Signal.Terminate : Signal.Interrupt);
        Assert.Equal(0, await up.ExitAsync());
        Assert.False(File.Exists(up.Data.Desk));
        Assert.False(ProcessTable.IsAlive(postgres.Pid));
        Assert.False(ProcessTable.IsAlive(desk));
    }

    [Fact]
    public async Task With_the_scripted_model_the_desk_has_models_whatever_else_is_set()
    {
        var real = new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-real-and-secret", ["Support__Models__Answer__Endpoint"] = "http://127.0.0.1:1/v1" };
        await using var up = await UpProcess.StartAsync(_folder, _port, real, "--with-scripted-model");

        Assert.True(up.IsReady, up.Output);
        Assert.Contains("Models:   scripted, at http://127.0.0.1:", up.Output, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => up.Output.Contains("Language models, Answer, Rerank, Rewrite, Questions, Embedding, Transcription, Picture: scripted", StringComparison.Ordinal), "the desk has asked its models");
        Assert.DoesNotContain("sk-real", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_model_service_is_said_and_the_desk_serves()
    {
        var wrong = new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-real-and-secret", ["OPENAI_MODEL"] = "m", ["OPENAI_API_BASE"] = "http://127.0.0.1:1/v1" };
        await using var up = await UpProcess.StartAsync(_folder, _port, wrong);

        Assert.True(up.IsReady, up.Output);
        await Eventually.HoldsAsync(() => up.Output.Contains("cannot be reached (ConnectionError). Check Support__Models__Endpoint", StringComparison.Ordinal), "what is wrong is said");
        Assert.Equal(200, await up.HealthAsync());
        Assert.DoesNotContain("sk-real", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_one_left_is_taken_over()
    {
        await using var first = await UpProcess.StartAsync(_folder, _port);
        Assert.True(first.IsReady, first.Output);
        var postgres = PostmasterFile.Read(first.Data.Postgres)!;
        var desk = DeskPid(first.Data);

        first.Signal(Signal.Kill);
        await first.ExitAsync();
        await UpProcess.UntilAsync(() => Task.FromResult(!ProcessTable.IsAlive(desk)));
        await using var second = await UpProcess.StartAsync(_folder, _port);

        Assert.True(second.IsReady, second.Output);
        Assert.Contains("taken over", second.Output, StringComparison.Ordinal);
        Assert.Equal(postgres.Pid, PostmasterFile.Read(second.Data.Postgres)!.Pid);
        Assert.Equal(200, await second.HealthAsync());
        second.Signal(Signal.Terminate);
        Assert.Equal(0, await second.ExitAsync());
        Assert.False(ProcessTable.IsAlive(postgres.Pid));
    }

    [Fact]
    public async Task The_switches_stop_what_they_say_and_the_desk_comes_back()
    {
        await using var up = await UpProcess.StartAsync(_folder, _port);
        Assert.True(up.IsReady, up.Output);

        await up.Http.PostAsJsonAsync(up.Url + "/try/database", new { stopped = true });
        Assert.Equal("down", (await up.StateAsync()).GetProperty("database").GetString());
        await UpProcess.UntilAsync(async () => await up.HealthAsync() == 503);
        await up.Http.PostAsJsonAsync(up.Url + "/try/database", new { stopped = false });
        await UpProcess.UntilAsync(async () => await up.HealthAsync() == 200);

        var before = (await up.StateAsync()).GetProperty("pid").GetInt32();
        await up.Http.PostAsync(up.Url + "/try/kill", null);
        await UpProcess.UntilAsync(async () => (await up.StateAsync()).GetProperty("restarts").GetInt32() == 1);
        await UpProcess.UntilAsync(async () => await up.HealthAsync() == 200);
        Assert.NotEqual(before, (await up.StateAsync()).GetProperty("pid").GetInt32());

        ProcessTable.Signal(PostmasterFile.Read(up.Data.Postgres)!.Pid, Signal.Kill);
        await UpProcess.UntilAsync(() => Task.FromResult(up.Output.Contains("has ended and is started again", StringComparison.Ordinal)));
        await UpProcess.UntilAsync(async () => await up.HealthAsync() == 200);
    }

    [Fact]
    public async Task Page_and_simulation_are_for_this_machine_and_its_own_pages_only()
    {
        await using var up = await UpProcess.StartAsync(_folder, _port);
        Assert.True(up.IsReady, up.Output);

        foreach (var path in (string[])["/", "/sim/chats", "/try/state"])
        {
            Assert.Equal(HttpStatusCode.OK, (await up.Http.GetAsync(up.Url + path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await up.Http.GetAsync($"http://localhost:{up.Port}{path}")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(up, path, "Host", "evil.example")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(up, path, "Origin", "https://evil.example")).StatusCode);
        }

        foreach (var address in Dns.GetHostAddresses(Dns.GetHostName()).Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal))
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(address, up.Port));
        }
    }

    [Fact]
    public async Task With_a_token_there_is_neither_page_nor_simulation()
    {
        await using var telegram = await RealTelegramAsync();
        await using var up = await UpProcess.StartAsync(_folder, _port, new Dictionary<string, string>
        {
            ["TELEGRAM_BOT_TOKEN"] = RealBot.Token,
            ["Support__Telegram__ApiUrl"] = telegram.BaseUrl.ToString(),
        });

        Assert.True(up.IsReady, up.Output);
        Assert.Contains($"https://t.me/{RealBot.Username}?start=", up.Output, StringComparison.Ordinal);
        Assert.Equal(200, await up.HealthAsync());
        await AssertNoPageAsync(up);
    }

    [Fact]
    public async Task With_tokens_in_the_list_of_companies_there_is_neither_page_nor_simulation()
    {
        await using var telegram = await RealTelegramAsync();
        await using var up = await UpProcess.StartAsync(_folder, _port, new Dictionary<string, string>
        {
            ["Support__Tenants__0__Name"] = "lamps",
            ["Support__Tenants__0__Tokens__0"] = RealBot.Token,
            ["Support__Telegram__ApiUrl"] = telegram.BaseUrl.ToString(),
        });

        Assert.True(up.IsReady, up.Output);
        await AssertNoPageAsync(up);
        Assert.Equal(0, await IngestAsync(up));
        Assert.Contains("14 days", await AnsweredAsync(telegram, "How do I return a lamp?"), StringComparison.Ordinal);
        Assert.DoesNotContain(RealBot.Token, up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_polling_asked_for_no_webhook_is_registered_whatever_address_is_set()
    {
        await using var telegram = await RealTelegramAsync();
        await using var up = await UpProcess.StartAsync(_folder, _port, new Dictionary<string, string>
        {
            ["TELEGRAM_BOT_TOKEN"] = RealBot.Token,
            ["WEBHOOK_URL"] = "http://127.0.0.1:9",
            ["RUN_MODE"] = "polling",
            ["Support__Telegram__ApiUrl"] = telegram.BaseUrl.ToString(),
        });

        Assert.True(up.IsReady, up.Output);
        await AnsweredAsync(telegram, "/help");
        Assert.DoesNotContain("setWebhook", telegram.Telegram.Stats().Calls.Keys);
    }

    [Fact]
    public async Task A_pasted_token_ends_the_page_and_is_kept()
    {
        await using var telegram = await RealTelegramAsync();
        var environment = new Dictionary<string, string> { ["Support__Telegram__ApiUrl"] = telegram.BaseUrl.ToString() };
        await using (var up = await UpProcess.StartAsync(_folder, _port, environment))
        {
            Assert.True(up.IsReady, up.Output);
            Assert.Equal(HttpStatusCode.BadRequest, (await up.Http.PostAsJsonAsync(up.Url + "/try/token", new { token = "123456:wrong-wrong-wrong-wrong-wrong-wrong" })).StatusCode);

            var answer = await PasteAsync(up);
            Assert.Equal(RealBot.Username, answer.GetProperty("username").GetString());
            Assert.StartsWith($"https://t.me/{RealBot.Username}?start=", answer.GetProperty("link").GetString(), StringComparison.Ordinal);
            Assert.Equal(200, await up.HealthAsync());
            await AssertNoPageAsync(up);
            Assert.DoesNotContain(RealBot.Token, up.Output, StringComparison.Ordinal);
            Assert.Equal(OwnersOnly, File.GetUnixFileMode(up.Data.Token));
        }

        await using var again = await UpProcess.StartAsync(_folder, _port, environment);
        Assert.True(again.IsReady, again.Output);
        await AssertNoPageAsync(again);
    }

    [Fact]
    public async Task A_pasted_token_leaves_documents_people_and_bot_of_the_simulation_behind()
    {
        await using var telegram = await RealTelegramAsync();
        await using var up = await UpProcess.StartAsync(_folder, _port, new Dictionary<string, string> { ["Support__Telegram__ApiUrl"] = telegram.BaseUrl.ToString() }, "--samples", Lamps());
        Assert.True(up.IsReady, up.Output);
        Assert.Equal(["lamps.md"], await DocumentsAsync(up));
        await PasteAsync(up);

        Assert.Empty(await DocumentsAsync(up));
        var reply = await AnsweredAsync(telegram, "How do I return a lamp?");
        Assert.DoesNotContain("14 days", reply, StringComparison.Ordinal);
        // Nobody of the simulation is staff, so nobody gets the card, though this bot may write to all of them.
        Assert.Contains("no colleague can be reached", reply, StringComparison.Ordinal);
        Assert.Empty(await AskDatabaseAsync(up, "select p.id from person p join tenant t on t.id = p.tenant_id where t.name = 'default' and (p.is_owner or p.is_admin or p.is_editor)"));
        Assert.Equal([RealBot.Id], await AskDatabaseAsync(up, "select id from bot where length(token) > 0"));
        Assert.Equal(0, await IngestAsync(up));
        Assert.Contains("14 days", await AnsweredAsync(telegram, "How do I return a lamp?", StartingCompany.Boris), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_the_users_own_is_used_instead_of_a_private_one()
    {
        var address = new NpgsqlConnectionStringBuilder(await TestDatabase.CreateAsync());
        var url = $"postgres://{address.Username}:{address.Password}@{address.Host}:{address.Port}/{address.Database}";
        await using var up = await UpProcess.StartAsync(_folder, _port, null, "--database", url, "--samples", Lamps());
        Assert.True(up.IsReady, up.Output);
        Assert.False(Directory.Exists(up.Data.Postgres));

        var asked = await up.Http.PostAsJsonAsync(up.Url + "/sim/messages", new { chat = 1001, from = new { id = 1001, first_name = "Ann" }, text = "How do I return a lamp?" });
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        await UpProcess.UntilAsync(async () => (await up.Http.GetStringAsync(up.Url + "/sim/messages?chat=1001&after=0")).Contains("14 days", StringComparison.Ordinal));
        Assert.Equal(0, await Ask.RunAsync(["How do I return a lamp?", "--data", up.Data.Path]));
        Assert.Equal(HttpStatusCode.Conflict, (await up.Http.PostAsJsonAsync(up.Url + "/try/database", new { stopped = true })).StatusCode);
    }

    [Fact]
    public async Task A_busy_port_is_named_with_the_way_out()
    {
        using var squatter = new TcpListener(IPAddress.Loopback, _port);
        squatter.Start();
        await using var up = await UpProcess.StartAsync(_folder, _port);

        Assert.Equal(1, await up.ExitAsync());
        Assert.Equal($"Port {_port} is used by another program. Choose another one: `up --port {_port + 1}`.", up.Output);
    }

    private static Task<RunningSimulation> RealTelegramAsync() =>
        SimulationHost.StartAsync(new SimulationOptions { Bots = { RealBot } }, "http://127.0.0.1:0", CancellationToken.None);

    private static async Task<JsonElement> PasteAsync(UpProcess up)
    {
        var answer = await up.Http.PostAsJsonAsync(up.Url + "/try/token", new { token = RealBot.Token });
        var bot = await answer.Content.ReadFromJsonAsync<JsonElement>();
        await UpProcess.UntilAsync(() => Task.FromResult(up.Output.Contains("becomes its owner", StringComparison.Ordinal)));
        return bot;
    }

    /// <summary>What the bot says to a person of the telegram that stands for the real one.</summary>
    private static async Task<string> AnsweredAsync(RunningSimulation telegram, string text, SimulatedUser? from = null)
    {
        var person = from ?? StartingCompany.Ann;
        var asked = telegram.Telegram.Write(new UserMessage(person.Id, person, text));
        var reply = await Eventually.GetAsync(() => telegram.Telegram.Messages(person.Id, asked.MessageId).FirstOrDefault(m => m.From is { IsBot: true }), "a reply");
        return reply.Text!;
    }

    private static string Lamps()
    {
        var folder = TestFolders.New("samples");
        File.WriteAllText(Path.Combine(folder, "lamps.md"), "# Returns\n\n## How do I return a lamp?\n\nYou can return a lamp within 14 days.");
        return folder;
    }

    private static async Task<string[]> DocumentsAsync(UpProcess up)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, up.Url + "/documents");
        request.Headers.Authorization = new("Bearer", DeskFile.Read(up.Data)!.Key);
        using var response = await up.Http.SendAsync(request);
        return [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Select(document => document.GetProperty("name").GetString()!)];
    }

    /// <summary>The command itself, which finds the desk by its folder.</summary>
    private static Task<int> IngestAsync(UpProcess up) => Ingest.RunAsync([Lamps(), "--data", up.Data.Path]);

    private static async Task<long[]> AskDatabaseAsync(UpProcess up, string sql)
    {
        await using var connection = new NpgsqlConnection(DeskSecrets.Open(up.Data).Database.AdminAt(PostmasterFile.Read(up.Data.Postgres)!.Port, ClusterLogins.Database));
        return [.. await connection.QueryAsync<long>(sql)];
    }

    private static async Task AssertNoPageAsync(UpProcess up)
    {
        foreach (var path in (string[])["/", "/sim/chats", "/try/state", $"/bot{RealBot.Token}/getMe"])
            Assert.Equal(HttpStatusCode.NotFound, (await up.Http.GetAsync(up.Url + path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await up.Http.PostAsJsonAsync(up.Url + "/sim/messages", new { chat = 1001, text = "hi" })).StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(UpProcess up, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, up.Url + path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await up.Http.SendAsync(request);
    }

    private static int DeskPid(DataFolder data) => int.Parse(File.ReadAllText(data.DeskProcess), CultureInfo.InvariantCulture);
}
