using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Support.Knowledge;

namespace Support.WebSources;

/// <summary>
/// Fetches documents from addresses that an owner has set and others fill. Names are resolved here and the connection goes to the
/// address that was checked, so that a name cannot stand for another one a moment later. A proxy is not used: it would resolve the name anew.
/// </summary>
/// <param name="resolve">Names to addresses; <see cref="Dns.GetHostAddressesAsync(string, CancellationToken)"/>.</param>
public sealed class WebSource(Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider clock) : IDisposable
{
    /// <summary>For all of it, redirects included. Shorter than a lease.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int MostRedirects = 5;

    private static readonly HttpRequestOptionsKey<bool> MayBePrivate = new("private");

    private readonly HttpClient _http = CreateClient(resolve);

    public async Task<Fetched> FetchAsync(SourceAddress address, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await FollowAsync(address, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Fetched.Failed($"its address did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or InvalidDataException)
        {
            return new Fetched.Failed(e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? $"its address cannot be reached ({error})" : "its address cannot be reached");
        }
    }

    private async Task<Fetched> FollowAsync(SourceAddress address, CancellationToken cancellation)
    {
        var url = address.Url;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            if (Refusal(address, url) is { } refusal)
                return refusal;
            using var request = RequestFor(address, url);
            using var response = await TrySendAsync(request, cancellation);
            if (response is null)
                return new Fetched.Failed(IsConfigured(address, url)
                    ? "its address is one of a private network; if the host is your own, set AllowPrivate of this source to true"
                    : "its address leads into a private network");
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
                return await ReadAsync(address, response, cancellation);
            if (response.Headers.Location is not { } location)
                return new Fetched.Failed($"its address redirects ({(int)response.StatusCode}) and does not say where to");
            url = new Uri(url, location);
        }
        return new Fetched.Failed($"its address redirects more than {MostRedirects} times");
    }

    /// <summary>Null when nothing but private addresses stands behind the host.</summary>
    private async Task<HttpResponseMessage?> TrySendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException e) when (e.InnerException is PrivateAddressException)
        {
            return null;
        }
    }

    private static Fetched.Failed? Refusal(SourceAddress address, Uri url)
    {
        if (url.Scheme == Uri.UriSchemeHttps)
            return null;
        var isAllowed = url.Scheme == Uri.UriSchemeHttp && (address.AllowHttp || (IsConfigured(address, url) && url.IsLoopback));
        return isAllowed ? null : new Fetched.Failed($"its address leads to one that begins with {url.Scheme}: and not with https:");
    }

    private static HttpRequestMessage RequestFor(SourceAddress address, Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Support", "1"));
        if (address.ETag is { } tag)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (address.LastModified is { } modified)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        // The owner has named this host: a private one by its number, or by its name together with the setting for that.
        request.Options.Set(MayBePrivate, IsConfigured(address, url) && (address.AllowPrivate || url.IsLoopback || IPAddress.TryParse(url.DnsSafeHost, out _)));
        return request;
    }

    private static bool IsConfigured(SourceAddress address, Uri url) =>
        string.Equals(url.IdnHost, address.Url.IdnHost, StringComparison.OrdinalIgnoreCase) && url.Port == address.Url.Port;

    private static async Task<Fetched> ReadAsync(SourceAddress address, HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.NotModified && (address.ETag ?? address.LastModified) is not null)
            return new Fetched.NotModified();
        if (response.StatusCode != HttpStatusCode.OK)
            return new Fetched.Failed($"its address answers with status {(int)response.StatusCode}");
        var tooLarge = new Fetched.Failed($"it is larger than {address.LargestBytes / 1048576.0:0.#} MB");
        if (response.Content.Headers.ContentLength > address.LargestBytes)
            return tooLarge;
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        // Counted unpacked and while it comes: a body may be endless, or small until it is unpacked.
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            kept.Write(buffer, 0, read);
            if (kept.Length > address.LargestBytes)
                return tooLarge;
        }
        return kept.Length == 0
            ? new Fetched.Failed("there is nothing at its address")
            : new Fetched.Content(kept.ToArray(), Header(response.Headers, "ETag"), Header(response.Content.Headers, "Last-Modified"));
    }

    private static string? Header(HttpHeaders headers, string name) => headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static HttpClient CreateClient(Func<string, CancellationToken, Task<IPAddress[]>> resolve) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        // A connection that one source was allowed must not serve another that is not.
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = (context, cancellation) => ConnectAsync(context, resolve, cancellation),
    }, disposeHandler: true)
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellation);
        if (!context.InitialRequestMessage.Options.TryGetValue(MayBePrivate, out var mayBePrivate) || !mayBePrivate)
            addresses = [.. addresses.Where(PublicAddress.Is)];
        if (addresses.Length == 0)
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private sealed class PrivateAddressException() : IOException("The host has no public address.");
}
