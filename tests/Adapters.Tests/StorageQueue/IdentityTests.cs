using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Support.Contracts;
using Support.Jobs;
using Support.StorageQueue.Account;
using Support.StorageQueue.Rest;

namespace Support.Tests.StorageQueue;

/// <summary>How the desk is let into an account by an identity: tokens are asked for rarely and sent with each call.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private const string Empty = "<?xml version=\"1.0\"?><QueueMessagesList/>";

    private readonly ManualClock _clock = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private FakeStorage _storage = null!;
    private HttpClient _http = null!;
    private QueueClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = await FakeStorage.StartAsync();
        _storage.Answers(200, "application/xml", Empty);
        _http = new HttpClient(new SocketsHttpHandler());
        _client = new QueueClient(_http, new StorageAccount("desk", _storage.Url, new BearerToken(AskAsync, _clock), "Support__StorageQueue__AccountName"), _clock);
    }

    [Fact]
    public async Task Each_call_carries_the_token_and_all_of_them_ask_for_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TakeAsync()));

        Assert.Equal(Enumerable.Repeat("Bearer token-1", 5), _storage.Calls.Select(call => call.Authorization));
        Assert.Single(_asked);
    }

    [Fact]
    public async Task The_next_token_is_asked_for_some_minutes_before_the_first_one_expires()
    {
        await TakeAsync();
        _clock.Advance(TimeSpan.FromMinutes(54));
        await TakeAsync();
        Assert.Single(_asked);

        _clock.Advance(TimeSpan.FromMinutes(2));
        await TakeAsync();
        await TakeAsync();

        Assert.Equal(2, _asked.Count);
        Assert.Equal("Bearer token-2", _storage.Calls.Last().Authorization);
    }

    [Fact]
    public async Task A_token_that_the_account_refuses_is_not_used_again()
    {
        await TakeAsync();
        _storage.Answers(401, "text/plain", "nobody knows you, token-1");
        var refused = await Assert.ThrowsAsync<StorageQueueException>(TakeAsync);
        Assert.Equal((401, null), (refused.Status, refused.Code));
        Assert.DoesNotContain("token-1", refused.ToString());

        _storage.Answers(200, "application/xml", Empty);
        await TakeAsync();

        Assert.Equal("Bearer token-2", _storage.Calls.Last().Authorization);
    }

    /// <summary>The real Azure.Identity, beside an identity service such as a function app has on its machine.</summary>
    [Fact]
    public async Task A_managed_identity_gets_its_token_from_the_machines_identity_service()
    {
        await using var machine = await FakeStorage.StartAsync();
        machine.Answers(async (context, _) =>
        {
            _asked.Enqueue(context.Request.QueryString.Value!);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"access_token":"of-the-machine","expires_on":"{{DateTimeOffset.MaxValue.ToUnixTimeSeconds() / 100}}","resource":"https://storage.azure.com","token_type":"Bearer"}""");
        });
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", machine.Url.ToString());
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "known-to-the-machine");
        await using var desk = await StorageDesk.OpenAsync(
            TimeProvider.System,
            await MigratedDatabase.AddressAsync(),
            ("AzureWebJobsStorage:queueServiceUri", _storage.Url.ToString()),
            ("AzureWebJobsStorage:credential", "managedidentity"),
            ("AzureWebJobsStorage:clientId", "11111111-2222-3333-4444-555555555555"));

        Assert.Empty(await desk.Queue.TakeAsync(Queues.Replies, 1, TimeSpan.FromMinutes(1), CancellationToken.None));

        Assert.Equal("Bearer of-the-machine", Assert.Single(_storage.Calls).Authorization);
        var asked = Uri.UnescapeDataString(Assert.Single(_asked));
        Assert.Contains("resource=https://storage.azure.com", asked);
        Assert.Contains("client_id=11111111-2222-3333-4444-555555555555", asked);
    }

    private async Task TakeAsync() => await _client.GetAsync(Queues.Replies, 1, TimeSpan.FromMinutes(1), CancellationToken.None);

    private ValueTask<StorageToken> AskAsync(CancellationToken cancellation)
    {
        _asked.Enqueue("a token");
        return ValueTask.FromResult(new StorageToken($"token-{_asked.Count}", _clock.GetUtcNow().AddHours(1)));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        await _storage.DisposeAsync();
    }
}
