using Dapper;
using Npgsql;
using Support.Contracts;
using Support.Simulation;

namespace Support.Tests.WholeApp.Balanced;

/// <summary>Several servers that start in the same moment: one migrates, the others wait; each bot has one that looks after its updates.</summary>
public sealed class StartTogetherTests
{
    private static readonly SimulatedBot[] Bots =
        [.. Enumerable.Range(0, 4).Select(i => new SimulatedBot($"{920_001 + i}:SIMULATION-0000000000000000000000000000", $"together_{i}_bot", "Together"))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Three_at_once_on_an_empty_database_set_everything_up_once(bool webhook)
    {
        await using var company = await Company.OpenAsync(webhook);
        var servers = await Task.WhenAll(company.StartAsync(), company.StartAsync(), company.StartAsync());
        try
        {
            await using var connection = new NpgsqlConnection(await TestDatabase.AsAdministratorAsync(company.Database));
            Assert.Equal(["default", "one", "two"], await connection.QueryAsync<string>("select name from tenant order by name"));
            Assert.Equal(Bots.Select(b => b.Id), await connection.QueryAsync<long>("select id from bot where token <> '' order by id"));
            Assert.Equal(4, await connection.QuerySingleAsync<long>("select count(*) from person where is_admin"));
            Assert.Equal(3, (await connection.QueryAsync<long>("select distinct objid::int8 from pg_locks where locktype = 'advisory' and objsubid = 2 and granted and database = (select oid from pg_database where datname = current_database())")).Count());

            foreach (var bot in Bots)
                await company.HelpIsGivenAsync(bot, servers);
            Assert.Equal(Bots.Length, await connection.QuerySingleAsync<long>("select count(*) from lease where name like 'updates:%' and until > now()"));
            var stats = company.Telegram.Stats();
            Assert.Equal(webhook ? Bots.Length : 0, stats.Calls.GetValueOrDefault("setWebhook"));
            // Telegram refuses whoever asks beside another.
            Assert.Empty(stats.Refusals);
            Assert.Equal(0, stats.WebhookErrors);
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }
    }

    /// <summary>Two companies with two bots each, on a database with nothing in it.</summary>
    private sealed class Company(RunningSimulation simulation, Dictionary<string, string> settings) : IAsyncDisposable
    {
        private long _customers = 7_000_000;

        public SimulatedTelegram Telegram => simulation.Telegram;

        public string Database => settings["Support__Database__ConnectionString"];

        public static async Task<Company> OpenAsync(bool webhook)
        {
            var options = new SimulationOptions();
            foreach (var bot in Bots)
                options.Bots.Add(bot);
            var simulation = await SimulationHost.StartAsync(options, "http://127.0.0.1:0", CancellationToken.None);
            var settings = new Dictionary<string, string>
            {
                ["Support__Database__ConnectionString"] = await TestDatabase.CreateAsync(),
                ["Support__Security__MasterKey"] = Desk.MasterKey,
                ["Support__Telegram__ApiUrl"] = simulation.BaseUrl.ToString(),
                ["Support__Conversations__BurstSeconds"] = "0",
            };
            if (!webhook)
                settings[DeskServer.PublicUrl] = "";
            foreach (var (i, name) in new[] { "one", "two" }.Index())
            {
                settings[$"Support__Tenants__{i}__Name"] = name;
                settings[$"Support__Tenants__{i}__Tokens__0"] = Bots[i * 2].Token;
                settings[$"Support__Tenants__{i}__Tokens__1"] = Bots[i * 2 + 1].Token;
                settings[$"Support__Tenants__{i}__AdminIds__0"] = "3001";
                settings[$"Support__Tenants__{i}__AdminIds__1"] = "3002";
            }
            return new Company(simulation, settings);
        }

        public Task<DeskServer> StartAsync() => DeskServer.StartAsync(settings);

        public async Task HelpIsGivenAsync(SimulatedBot bot, DeskServer[] servers)
        {
            var who = new SimulatedUser(++_customers, "Customer") { LanguageCode = "en" };
            Telegram.Write(new UserMessage(who.Id, who, "/help") { Bot = bot.Id });
            await Eventually.HoldsAsync(
                () => Telegram.Messages(who.Id, bot: bot.Id).Any(m => m.From is { IsBot: true }),
                $"bot {bot.Id} answers. The servers say: {string.Join('\n', servers.Select(server => server.Output))}");
        }

        public ValueTask DisposeAsync() => simulation.DisposeAsync();
    }
}
