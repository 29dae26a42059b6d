using System.Collections.Concurrent;
using System.Globalization;
using Support.StorageQueue.Account;

namespace Support.StorageQueue.Rest;

/// <summary>The calls of the queue service that the desk makes. A queue that is missing is made at the first call. https://learn.microsoft.com/rest/api/storageservices/queue-service-rest-api</summary>
internal sealed class QueueClient(HttpClient http, StorageAccount account, TimeProvider clock) : IDisposable
{
    /// <summary>Of one call.</summary>
    public const int MostMessages = 32;

    /// <summary>Seven days: neither a delay nor a hidden time may be longer.</summary>
    private const int MostSeconds = 604_800;

    private readonly StorageTransport _transport = new(http, account, clock);
    private readonly ConcurrentDictionary<string, Task<bool>> _making = new(StringComparer.Ordinal);

    public Task<bool> CreateAsync(string queue, CancellationToken cancellation) =>
        DoAsync(new StorageRequest("create", HttpMethod.Put, $"/{queue}"), cancellation);

    /// <summary>Never expires by itself.</summary>
    public Task<bool> PutAsync(string queue, string text, TimeSpan delay, CancellationToken cancellation)
    {
        var put = new StorageRequest("put", HttpMethod.Post, $"/{queue}/messages", ("visibilitytimeout", Seconds(delay)), ("messagettl", "-1")) { Body = QueueXml.Message(text) };
        return InAsync(queue, () => DoAsync(put, cancellation), cancellation);
    }

    /// <param name="most">At most <see cref="MostMessages"/>.</param>
    public Task<IReadOnlyList<QueueMessage>> GetAsync(string queue, int most, TimeSpan hidden, CancellationToken cancellation)
    {
        var seconds = Seconds(hidden < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : hidden);
        var get = new StorageRequest("get", HttpMethod.Get, $"/{queue}/messages", ("numofmessages", Number(most)), ("visibilitytimeout", seconds));
        return InAsync(queue, () => _transport.SendAsync(get, QueueXml.ReadMessagesAsync, cancellation), cancellation);
    }

    /// <summary>Looks at what is there to be taken, without taking it.</summary>
    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int most, CancellationToken cancellation)
    {
        var peek = new StorageRequest("peek", HttpMethod.Get, $"/{queue}/messages", ("peekonly", "true"), ("numofmessages", Number(most)));
        return InAsync(queue, () => _transport.SendAsync(peek, QueueXml.ReadMessagesAsync, cancellation), cancellation);
    }

    /// <summary>Another text, and when it is there again.</summary>
    /// <returns>False when somebody else has taken it meanwhile, or it is gone.</returns>
    public Task<bool> UpdateAsync(string queue, string id, string receipt, string text, TimeSpan after, CancellationToken cancellation) =>
        IfMineAsync(new StorageRequest("update", HttpMethod.Put, $"/{queue}/messages/{id}", ("popreceipt", receipt), ("visibilitytimeout", Seconds(after))) { Body = QueueXml.Message(text) }, cancellation);

    /// <returns>False when somebody else has taken it meanwhile, or it is gone.</returns>
    public Task<bool> DeleteAsync(string queue, string id, string receipt, CancellationToken cancellation) =>
        IfMineAsync(new StorageRequest("delete", HttpMethod.Delete, $"/{queue}/messages/{id}", ("popreceipt", receipt)), cancellation);

    /// <summary>About how many messages there are, hidden ones included.</summary>
    public Task<int> CountAsync(string queue, CancellationToken cancellation)
    {
        var count = new StorageRequest("count", HttpMethod.Get, $"/{queue}", ("comp", "metadata"));
        return InAsync(queue, () => _transport.SendAsync(count, (response, _) => Task.FromResult(CountOf(response)), cancellation), cancellation);
    }

    private static int CountOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-ms-approximate-messages-count", out var values) && int.TryParse(values.First(), CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new StorageQueueException((int)response.StatusCode, null, "count: an answer without a count", null);

    private async Task<T> InAsync<T>(string queue, Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (StorageQueueException e) when (e.Code == "QueueNotFound")
        {
            await MakeAsync(queue).WaitAsync(cancellation);
            return await call();
        }
    }

    /// <summary>Once, for all calls that miss it at the same moment.</summary>
    private async Task MakeAsync(string queue)
    {
        var making = _making.GetOrAdd(queue, name => CreateAsync(name, CancellationToken.None));
        try
        {
            await making;
        }
        finally
        {
            _making.TryRemove(KeyValuePair.Create(queue, making));
        }
    }

    private async Task<bool> IfMineAsync(StorageRequest request, CancellationToken cancellation)
    {
        try
        {
            return await DoAsync(request, cancellation);
        }
        catch (StorageQueueException e) when (e.Code is "PopReceiptMismatch" or "MessageNotFound" or "QueueNotFound")
        {
            return false;
        }
    }

    private Task<bool> DoAsync(StorageRequest request, CancellationToken cancellation) => _transport.SendAsync(request, (_, _) => Task.FromResult(true), cancellation);

    public void Dispose() => _transport.Dispose();

    /// <summary>A fraction of a second is rounded up: nothing may be there too early.</summary>
    public static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(time.TotalSeconds), 0, MostSeconds));

    private static string Seconds(TimeSpan time) => Number((int)Whole(time).TotalSeconds);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
