using Microsoft.AspNetCore.Http;
using Support.Contracts;
using Support.Jobs;
using Support.StorageQueue.Rest;

namespace Support.Tests.StorageQueue;

/// <summary>An account that is away, ill, or something else altogether.</summary>
public sealed class TroubleTests(DrivenAzurite driven) : IClassFixture<DrivenAzurite>
{
    private const string Key = "c2VjcmV0LWtleS1vZi10aGUtYWNjb3VudA==";

    [Fact]
    public async Task An_account_that_cannot_be_reached_is_named_with_the_setting()
    {
        Uri nobodysAddress;
        await using (var storage = await FakeStorage.StartAsync())
            nobodysAddress = storage.Url;
        await using var desk = await OpenAsync(nobodysAddress);

        var away = await Assert.ThrowsAsync<QueueUnavailableException>(() => PutAsync(desk, "job"));

        Assert.Contains("cannot be reached", away.Message);
        Assert.Contains("refused", away.Message);
        Assert.Contains("Support__StorageQueue__ConnectionString", away.Message);
        Assert.DoesNotContain(Key, away + desk.Log.All);
    }

    [Theory]
    [InlineData(403, "text/plain", "secret words of a proxy", null, "refused the desk (get: 403 without an error code of Azure Storage)")]
    [InlineData(404, "text/html", "<html><body>secret words</body></html>", null, "did not understand (get: 404 without an error code of Azure Storage)")]
    [InlineData(400, "application/xml", "<Error><Code>InvalidXmlDocument</Code><Message>secret words</Message></Error>", null, "400 InvalidXmlDocument")]
    [InlineData(400, "application/xml", "<Error><Code>secret words</Code>", null, "400 without")]
    [InlineData(403, "application/xml", "", "AuthorizationPermissionMismatch", "403 AuthorizationPermissionMismatch")]
    [InlineData(200, "text/html", "<!DOCTYPE html><html><body>secret words<br></body></html>", null, "200 with something that is no list of messages")]
    [InlineData(200, "application/xml", "<QueueMessagesList><QueueMessage><MessageText>secret words", null, "no list of messages")]
    public async Task What_another_server_says_in_its_place_is_not_repeated(int status, string type, string body, string? code, string message)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.Answers(status, type, body, code);
        await using var desk = await OpenAsync(storage.Url);

        var trouble = await Assert.ThrowsAsync<QueueUnavailableException>(() => desk.TakeAsync());

        Assert.Contains(message, trouble.Message);
        Assert.DoesNotContain("secret words", trouble.Message + desk.Log.All);
        Assert.Single(storage.Calls);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_call_that_may_succeed_a_moment_later_is_repeated_and_success_is_said_nowhere(int status)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.Answers((context, call) =>
        {
            context.Response.StatusCode = call < 3 ? status : 201;
            return Task.CompletedTask;
        });
        await using var desk = await OpenAsync(storage.Url);

        await PutAsync(desk, "job");

        Assert.Equal(3, storage.Calls.Count);
        Assert.Empty(desk.Log.Errors);
    }

    [Fact]
    public async Task An_account_that_works_again_is_logged()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.Answers(403, "text/plain", "");
        await using var desk = await OpenAsync(storage.Url);
        await Assert.ThrowsAsync<QueueUnavailableException>(() => PutAsync(desk, "job"));

        storage.Answers(201, "application/xml", "");
        await PutAsync(desk, "job");
        await PutAsync(desk, "job");

        Assert.Single(desk.Log.Errors);
        Assert.Single(desk.Log.All.Split('\n'), line => line.Contains("works again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_receipt_of_a_message_stands_in_no_message_of_ours()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.Answers(409, "text/plain", "");
        await using var desk = await OpenAsync(storage.Url);

        var trouble = await Assert.ThrowsAsync<QueueUnavailableException>(async () =>
            await desk.Queue.CompleteAsync(new TakenJob(Queues.Replies, "id", "secret-receipt", default, 0, 1, TimeProvider.System.GetUtcNow()), CancellationToken.None));

        Assert.DoesNotContain("secret-receipt", trouble + desk.Log.All);
    }

    [Fact]
    public async Task A_message_of_more_than_64_KiB_is_refused_by_the_account()
    {
        await using var desk = await StorageDesk.OpenAsync(driven.Azurite.NewAccount(), driven.Azurite.Clock);

        var refused = await Assert.ThrowsAsync<StorageQueueException>(() => desk.Client.PutAsync(Queues.Replies, new string('a', 65_537), TimeSpan.Zero, CancellationToken.None));

        Assert.Equal((413, "RequestBodyTooLarge"), (refused.Status, refused.Code));
    }

    private static Task PutAsync(StorageDesk desk, string body) => desk.Queue.PutAsync(Queues.Replies, System.Text.Encoding.UTF8.GetBytes(body), TimeSpan.Zero, CancellationToken.None).AsTask();

    private static async Task<StorageDesk> OpenAsync(Uri queues) => await StorageDesk.OpenAsync(
        TimeProvider.System, await MigratedDatabase.AddressAsync(), ("Support:StorageQueue:ConnectionString", $"AccountName=desk;AccountKey={Key};QueueEndpoint={queues}"));
}
