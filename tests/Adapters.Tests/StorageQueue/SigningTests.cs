using System.Text;
using Support.Contracts;
using Support.Jobs;
using Support.StorageQueue.Account;
using Support.StorageQueue.Rest;

namespace Support.Tests.StorageQueue;

/// <summary>How the desk is let into an account: by its key, by a signature.</summary>
public sealed class SigningTests(DrivenAzurite driven) : IClassFixture<DrivenAzurite>
{
    /// <summary>Of "the key of the known answer", over the text that Microsoft documents, made with openssl.</summary>
    private const string KnownAnswer = "SharedKey deskaccount:f+dgFrc1GcdloTGGgm6YAllBhod4Cq29iqLCSUraVU4=";

    [Fact]
    public async Task A_request_is_signed_as_documented()
    {
        var request = new StorageRequest("put", HttpMethod.Post, "/questions/messages", ("visibilitytimeout", "2"), ("messagettl", "-1")) { Body = QueueXml.Message("{\"n\":1}") };
        using var message = new HttpRequestMessage(HttpMethod.Post, request.AddressAt(new Uri("http://127.0.0.1:10001/deskaccount"), ""));
        message.Headers.Add("x-ms-version", "2021-12-02");
        message.Headers.Add("x-ms-date", "Fri, 20 Nov 2026 13:28:20 GMT");
        message.Content = new ByteArrayContent(request.Body!) { Headers = { ContentType = new("application/xml") } };

        await new SharedKey("deskaccount", "the key of the known answer"u8.ToArray()).SignAsync(message, request, CancellationToken.None);

        Assert.Equal(KnownAnswer, message.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_the_message_names_the_setting_and_the_fix_but_not_the_key()
    {
        var account = driven.Azurite.NewAccount() with { Key = Convert.ToBase64String(Encoding.UTF8.GetBytes("somebody else's key")) };
        await using var desk = await StorageDesk.OpenAsync(account, driven.Azurite.Clock);

        var refused = await Assert.ThrowsAsync<QueueUnavailableException>(() => desk.TakeAsync());
        await Assert.ThrowsAsync<QueueUnavailableException>(() => desk.TakeAsync());

        Assert.Contains("403 AuthenticationFailed", refused.Message);
        Assert.Contains("Support__StorageQueue__ConnectionString", refused.Message);
        Assert.Contains("Access keys", refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain(account.Key, refused + desk.Log.All);
        // Once, however many calls fail.
        Assert.Equal([refused.Message], desk.Log.Errors);
    }

    [Fact]
    public async Task A_shared_access_signature_opens_the_queues()
    {
        var account = driven.Azurite.NewAccount();
        await using var desk = await OpenAsync(account, driven.Azurite.Clock.GetUtcNow().AddHours(1));

        await desk.Queue.PutAsync(Queues.Replies, "job"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        var job = Assert.Single(await desk.TakeAsync());
        await desk.Queue.ReturnAsync(job, TimeSpan.Zero, counted: true, CancellationToken.None);
        await desk.Queue.CompleteAsync(Assert.Single(await desk.TakeAsync()), CancellationToken.None);

        Assert.Equal(0, await desk.Client.CountAsync(Queues.Replies, CancellationToken.None));
    }

    [Fact]
    public async Task An_expired_signature_is_refused_and_the_message_says_what_to_do()
    {
        await using var desk = await OpenAsync(driven.Azurite.NewAccount(), driven.Azurite.Clock.GetUtcNow().AddHours(-1));

        var refused = await Assert.ThrowsAsync<QueueUnavailableException>(() => desk.TakeAsync());

        Assert.Contains("Make a new shared access signature", refused.Message);
        Assert.DoesNotContain("sig=", refused + desk.Log.All);
    }

    private static async Task<StorageDesk> OpenAsync(AzuriteAccount account, DateTimeOffset until) => await StorageDesk.OpenAsync(
        TimeProvider.System,
        await MigratedDatabase.AddressAsync(),
        ("Support:StorageQueue:ConnectionString", $"SharedAccessSignature=?{Signatures.Of(account, until)};QueueEndpoint={account.Queues}/"));
}
