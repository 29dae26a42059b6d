using System.Net;
using Dapper;
using Npgsql;
using Support.Contracts;
using Support.Simulation;

namespace Support.Tests.WholeApp;

/// <summary>The server process with its jobs in the queues of a storage account, in Azurite.</summary>
public sealed class StorageQueueTests
{
    private const string Setting = "Support__StorageQueue__ConnectionString";

    [Fact]
    public async Task A_customer_is_answered_and_no_job_goes_through_the_database()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var desk = await OpenAsync(azurite.NewAccount().ConnectionString);
        var report = await desk.UploadAsync("returns.md", OneDesk.Guide);
        Assert.Equal("indexed", report.GetProperty("status").GetString());

        var answer = await desk.AskInChatAsync(Desk.Ann, "How do I return a lamp?");

        Assert.Contains("within 14 days", answer.Text);
        await using var connection = new NpgsqlConnection(desk.Database);
        Assert.False(await connection.QuerySingleAsync<bool>("select is_called from job_id_seq"));
        // With a key nothing of an identity is loaded, which would take longer than the whole start of a function app.
        Assert.DoesNotContain("Azure.", await File.ReadAllTextAsync($"/proc/{((DeskServer)desk.Server).ProcessId}/maps"));
    }

    [Fact]
    public async Task Killed_with_questions_under_way_it_answers_every_one_that_was_acknowledged()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var desk = await OpenAsync(azurite.NewAccount().ConnectionString);
        await desk.UploadAsync("returns.md", OneDesk.Guide);
        var customers = Enumerable.Range(0, 30).Select(_ => OneDesk.NewCustomer()).ToList();
        foreach (var customer in customers)
            desk.Write(customer, "How long does delivery take within the city?");
        await Eventually.HoldsAsync(() => customers.Count(IsAnswered) >= 3, "some are answered");

        await desk.Server.KillAsync();
        Assert.Contains(customers, customer => !IsAnswered(customer));
        desk.Server.Launch();
        await desk.Server.UntilHealthyAsync();
        // What the dead process held comes back after the time for which it had hidden it.
        await azurite.ElapseAsync(TimeSpan.FromMinutes(3));

        await Eventually.HoldsAsync(() => customers.All(IsAnswered), "all are answered", seconds: 90);
        await using var connection = new NpgsqlConnection(desk.Database);
        Assert.Equal(0, await connection.QuerySingleAsync<long>("select count(*) from dead_letter"));

        bool IsAnswered(SimulatedUser customer) => desk.Telegram.Messages(customer.Id).Any(m => m.From is { IsBot: true } && m.Text!.Contains("takes 2 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_connection_string_stops_the_start_with_one_line()
    {
        var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenAsync("AccountName=deskstore;AccountKey=secret-words!"));

        Assert.Contains($"The desk has ended with 1: The desk cannot start: {Setting} has an AccountKey that is no base64", ended.Message);
        Assert.DoesNotContain("secret-words", ended.Message);
        Assert.DoesNotContain('\n', ended.Message);
    }

    [Fact]
    public async Task While_the_account_refuses_the_desk_nothing_is_acknowledged_and_one_line_says_why()
    {
        await using var azurite = await Azurite.StartAsync();
        var account = azurite.NewAccount();
        await using var desk = await OpenAsync((account with { Key = "c29tZWJvZHkgZWxzZSdzIGtleQ==" }).ConnectionString);
        var door = new WebhookDoor(desk, (await Memory.OfAsync(desk)).Tenant);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await door.StatusAsync(WebhookDoor.TextUpdate(WebhookDoor.NextUpdate(), 1, 1, "hello")));

        await Eventually.HoldsAsync(() => desk.Server.Output.Contains("refused the desk", StringComparison.Ordinal), "the desk says it");
        var line = Assert.Single(desk.Server.Output.Split('\n'), line => line.Contains("refused the desk", StringComparison.Ordinal));
        Assert.Contains($"403 AuthenticationFailed). Copy the connection string anew (Access keys of the account). Setting: {Setting}.", line);
        Assert.DoesNotContain("c29tZWJvZHk", desk.Server.Output);
    }

    private static Task<Desk> OpenAsync(string connectionString) => Desk.OpenAsync(change: settings => settings[Setting] = connectionString);
}
