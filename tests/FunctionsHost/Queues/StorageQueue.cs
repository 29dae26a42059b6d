using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;

namespace Support.FunctionsHost.Queues;

/// <summary>One Storage queue over REST: only what the host does with it.</summary>
internal sealed class StorageQueue(HttpMessageInvoker http, StorageAccount account, string name)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => name;

    /// <summary>Does nothing if it is there.</summary>
    public Task CreateAsync(CancellationToken cancellation) => CallAsync(HttpMethod.Put, "", body: null, cancellation);

    /// <param name="most">1 to 32.</param>
    public async Task<IReadOnlyList<QueueMessage>> TakeAsync(int most, TimeSpan hidden, CancellationToken cancellation)
    {
        var (_, xml) = await CallAsync(HttpMethod.Get, $"/messages?numofmessages={most}&visibilitytimeout={Seconds(hidden)}", body: null, cancellation);
        return [.. XDocument.Parse(xml, LoadOptions.PreserveWhitespace).Root!.Elements("QueueMessage").Select(QueueMessage.Read)];
    }

    public Task PutAsync(string text, CancellationToken cancellation) =>
        CallAsync(HttpMethod.Post, "/messages", new XElement("QueueMessage", new XElement("MessageText", text)).ToString(SaveOptions.DisableFormatting), cancellation);

    /// <returns>The new pop receipt.</returns>
    public async Task<string> HideAsync(string id, string popReceipt, TimeSpan hidden, CancellationToken cancellation) =>
        (await CallAsync(HttpMethod.Put, $"/messages/{id}?popreceipt={Uri.EscapeDataString(popReceipt)}&visibilitytimeout={Seconds(hidden)}", body: null, cancellation)).PopReceipt;

    public Task DeleteAsync(string id, string popReceipt, CancellationToken cancellation) =>
        CallAsync(HttpMethod.Delete, $"/messages/{id}?popreceipt={Uri.EscapeDataString(popReceipt)}", body: null, cancellation);

    private static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private async Task<(string PopReceipt, string Body)> CallAsync(HttpMethod method, string rest, string? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, $"{account.Queues}/{name}{rest}");
        var bytes = body is null ? [] : Encoding.UTF8.GetBytes(body);
        if (body is not null)
            request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/xml") } };
        else if (method == HttpMethod.Put)
            request.Content = new ByteArrayContent(bytes);
        // The service refuses a date that is not today's: signing follows the wall clock, whatever clock drives the host.
        SharedKey.Sign(request, account, bytes.Length, TimeProvider.System.GetUtcNow());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await http.SendAsync(request, patience.Token);
            var text = await answer.Content.ReadAsStringAsync(patience.Token);
            return answer.IsSuccessStatusCode
                ? (answer.Headers.TryGetValues("x-ms-popreceipt", out var receipts) ? receipts.First() : "", text)
                : throw Refused(answer.StatusCode, answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new StorageException($"Queue {name}: {account.Queues} cannot be reached: {e.Message}", "", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new StorageException($"Queue {name}: {account.Queues} did not answer within {Patience.TotalSeconds:0} s.", "", e);
        }
    }

    private StorageException Refused(HttpStatusCode status, string? code)
    {
        var reason = code ?? ((int)status).ToString(CultureInfo.InvariantCulture);
        return new StorageException($"Queue {name}: the storage account answered {(int)status} {reason}.", reason);
    }
}
