using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Support.StorageQueue.Account;

namespace Support.StorageQueue.Rest;

/// <summary>
/// One call over HTTP, repeated when that may help. A put or a take that was done and whose answer got lost is then done twice, which a
/// queue of "at least once" may: the job is there twice, or comes back after its hidden time.
/// </summary>
internal sealed class StorageTransport(HttpClient http, StorageAccount account, TimeProvider clock) : IDisposable
{
    /// <summary>The newest that the emulator of the tests and every account understand.</summary>
    private const string Version = "2021-12-02";

    /// <summary>Calls at the same time: at 10 ms each they are the 2,000 a second that a queue bears, and more. Others wait in line, which is no reason to give one up and send it again.</summary>
    public const int Places = 32;

    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan EachTry = TimeSpan.FromSeconds(12);

    private static readonly Meter Meter = new("Support.StorageQueue");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("support.storagequeue.calls", description: "Calls of the storage account by operation and outcome.");

    private readonly ResiliencePipeline _repeating = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddTimeout(Whole)
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromMilliseconds(150),
            MaxDelay = TimeSpan.FromSeconds(3),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is StorageQueueException { MayPass: true } or TimeoutRejectedException),
        })
        .Build();

    private readonly ResiliencePipeline _oneTry = new ResiliencePipelineBuilder { TimeProvider = clock }.AddTimeout(EachTry).Build();
    private readonly SemaphoreSlim _places = new(Places);

    /// <summary>The account did what was asked.</summary>
    /// <exception cref="StorageQueueException">It did not, or it is not known.</exception>
    public async Task<T> SendAsync<T>(StorageRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            return await _repeating.ExecuteAsync(async token => await InLineAsync(request, read, token), cancellation);
        }
        catch (TimeoutRejectedException e)
        {
            Count(request, "timeout");
            throw new StorageQueueException(null, null, $"{request.Operation}: no answer in {e.Timeout.TotalSeconds:0} s", null);
        }
        catch (StorageQueueException e)
        {
            Count(request, e.Status?.ToString(CultureInfo.InvariantCulture) ?? "unreachable");
            throw;
        }
    }

    private async Task<T> InLineAsync<T>(StorageRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            return await _oneTry.ExecuteAsync(async token => await SendOnceAsync(request, read, token), cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<T> SendOnceAsync<T>(StorageRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, request.AddressAt(account.Queues, account.Credential.AddressSuffix));
        message.Headers.Add("x-ms-date", clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        message.Headers.Add("x-ms-version", Version);
        if (request.Body is { } body)
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } };
        try
        {
            await account.Credential.SignAsync(message, request, cancellation);
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
                throw await RefusalAsync(request, response, cancellation);
            var result = await read(response, cancellation);
            Count(request, "ok");
            return result;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw new StorageQueueException(null, null, $"{request.Operation}: {e.GetBaseException().Message}", e);
        }
    }

    private async Task<StorageQueueException> RefusalAsync(StorageRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status == 401)
            account.Credential.Refused();
        // A proxy, a gateway or another server answers with text of its own, which is not for a log.
        var code = response.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : await QueueXml.ErrorCodeAsync(response, cancellation);
        return new StorageQueueException(status, code, $"{request.Operation}: {status} {code ?? "without an error code of Azure Storage"}", null);
    }

    public void Dispose() => _places.Dispose();

    private static void Count(StorageRequest request, string outcome) => Calls.Add(1, new("operation", request.Operation), new("outcome", outcome));
}
