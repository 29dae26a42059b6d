using System.Text.Json;
using Dapper;
using Npgsql;
using Support.Contracts;

namespace Support.Tests.WholeApp.FunctionApps;

/// <summary>What the published apps owe the Functions host, and what they refuse to strangers.</summary>
public sealed class HostContractTests : IAsyncLifetime
{
    private const string Stranger = "x-ms-invocation-id";

    private Azurite _azurite = null!;
    private AzuriteAccount _account = null!;
    private string _database = null!;

    public async ValueTask InitializeAsync()
    {
        _azurite = await Azurite.StartAsync();
        _account = _azurite.NewAccount();
        _database = await TestDatabase.CreateAsync();
    }

    public ValueTask DisposeAsync() => _azurite.DisposeAsync();

    [Theory]
    [InlineData("functions", "/receive-update")]
    [InlineData("functions", "/poison-questions")]
    [InlineData("functions", "/sweep")]
    [InlineData("ingestion", "/index-document")]
    public async Task An_envelope_that_a_stranger_sends_through_the_proxy_finds_nothing(string app, string function)
    {
        await using var bare = BareApp.Start(app, Settings());
        await bare.UntilItAnswersAsync();

        var (status, _, body) = await bare.PostAsync(function, """{"Data":{"m":"x"}}""", (Stranger, Guid.NewGuid().ToString()));

        Assert.Equal((404, ""), (status, body));
    }

    [Fact]
    public async Task Success_is_a_JSON_object_and_a_message_of_another_app_becomes_a_dead_letter_with_the_reason()
    {
        await using var bare = BareApp.Start("functions", Settings());
        await bare.UntilItAnswersAsync();
        Assert.Equal(200, (await bare.PostAsync("/set-up", "", ("Authorization", "Bearer test-key"))).Status);

        string[] messages = ["""{\"orderId\":5}""", "%%% no base64 %%%", "eyJub3QiOiJvdXJzIn0=", "[]"];
        foreach (var message in messages)
            Assert.Equal((200, "application/json", "{}"), await bare.PostAsync("/answer-question", $$$"""{"Data":{"message":"{{{message}}}"},"Metadata":{"DequeueCount":"1"}}"""));

        await using var connection = new NpgsqlConnection(_database);
        var letters = (await connection.QueryAsync<(string Queue, string Why)>("select queue, why from dead_letter order by id")).ToList();
        Assert.Equal(messages.Length, letters.Count);
        Assert.All(letters, letter => Assert.True(letter is { Queue: "questions", Why.Length: > 10 }, letter.ToString()));
        // The reason is read by people; what a stranger wrote need not stand in it.
        Assert.DoesNotContain(letters, letter => letter.Why.Contains("orderId", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_envelope_is_told_to_the_host_as_a_failure()
    {
        await using var bare = BareApp.Start("functions", Settings());
        await bare.UntilItAnswersAsync();
        Assert.Equal(503, (await bare.PostAsync("/answer-question", "[]")).Status);
    }

    [Fact]
    public async Task While_the_database_is_away_a_job_waits_in_the_queue_and_the_host_hears_success()
    {
        await using var bare = BareApp.Start("functions", Settings(("Support__Database__ConnectionString", "Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none")));
        await bare.UntilItAnswersAsync();

        var (status, _, body) = await bare.PostAsync("/answer-question", Envelope(TimeProvider.System.GetUtcNow()));

        Assert.True((status, body) == (200, "{}"), $"{status} {body}\n{bare.Output}");
        Assert.Equal(503, (int)(await DeskServer.Http.GetAsync(bare.Url + "/health")).StatusCode);
    }

    [Fact]
    public async Task Before_the_database_has_the_shape_of_a_new_version_jobs_wait_and_none_is_spent()
    {
        await using var bare = BareApp.Start("functions", Settings());
        await bare.UntilItAnswersAsync();

        // Nothing has migrated this database. Twelve tries are more than a job has.
        for (var i = 0; i < 12; i++)
            Assert.Equal((200, "application/json", "{}"), await bare.PostAsync("/answer-question", Envelope(TimeProvider.System.GetUtcNow())));
        Assert.Equal(503, (await bare.PostAsync("/ask", "{}", ("Authorization", "Bearer test-key"))).Status);

        // The sweep of any process brings it about.
        Assert.Equal(200, (await bare.PostAsync("/sweep", """{"Data":{"timer":{}},"Metadata":{}}""")).Status);
        Assert.Equal(400, (await bare.PostAsync("/ask", "{}", ("Authorization", "Bearer test-key"))).Status);
        await using var connection = new NpgsqlConnection(_database);
        Assert.Equal(0, await connection.QuerySingleAsync<long>("select count(*) from dead_letter"));
    }

    private static string Envelope(DateTimeOffset put) =>
        JsonSerializer.Serialize(new
        {
            Data = new { message = JsonSerializer.Serialize($$$"""{"attempt":0,"returns":0,"put":"{{{put:yyyy-MM-ddTHH:mm:ssZ}}}","body":{"text":"{\"tenant\":\"8b0c2b8e-1111-4111-8111-111111111111\",\"bot\":1,\"conversation\":1}"}}""") },
            Metadata = new { DequeueCount = "1" },
        });

    [Theory]
    [InlineData("functions", "FUNCTIONS_CUSTOMHANDLER_PORT", "", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    [InlineData("functions", "AzureWebJobsStorage", "AccountName=only", "AzureWebJobsStorage")]
    [InlineData("ingestion", "AzureWebJobsStorage", null, "AzureWebJobsStorage is not set")]
    [InlineData("functions", "Support__Database__ConnectionString", null, "ConnectionString")]
    [InlineData("functions", "Support__Telegram__Token", "nonsense", "Support:Telegram:Token")]
    [InlineData("ingestion", "Support__Qdrant__Url", "not-an-address", "Qdrant")]
    [InlineData("functions", "Support__Database__Connections", "many", "Support__Database__Connections cannot be read")]
    [InlineData("functions", "Support__Tickets__RemindAfter", "soon", "Support__Tickets__RemindAfter")]
    [InlineData("functions", "Support__Confidence__Threshold;Support__Conversations__BurstSeconds", "7000", "BurstSeconds")]
    public async Task A_wrong_setting_ends_the_app_with_a_line_that_names_it_and_an_exit_code_that_is_not_0(string app, string setting, string? value, string named)
    {
        await using var bare = BareApp.Start(app, Settings([.. setting.Split(';').Select(name => (name, value))]));

        await bare.Process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

        Assert.NotEqual(0, bare.Process.ExitCode);
        var line = Assert.Single(bare.Output.Split('\n'), line => line.Contains("cannot start", StringComparison.Ordinal));
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", bare.Output, StringComparison.Ordinal);
    }

    private Dictionary<string, string?> Settings(params (string Name, string? Value)[] changed)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Support__Database__ConnectionString"] = _database,
            ["Support__Security__MasterKey"] = Desk.MasterKey,
            ["Support__Http__UploadKey"] = "test-key",
            ["AzureWebJobsStorage"] = _account.ConnectionString,
        };
        foreach (var (name, value) in changed)
            settings[name] = value;
        return settings;
    }
}
