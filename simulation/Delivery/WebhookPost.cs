using System.Net.Http.Headers;
using System.Net.Sockets;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>One POST of one update.</summary>
internal sealed class WebhookPost(TimeProvider clock) : IDisposable
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Without HttpClient around it: nothing of what that adds is needed, and a load test shares the processor with the desk.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    });

    public async Task<PostOutcome> SendAsync(Webhook webhook, Update update, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(LongestAnswer);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ReadOnlyMemoryContent(WireJson.Bytes(update, SimulationJson.Default.Update)),
        };
        request.Content.Headers.ContentType = Json;
        if (webhook.SecretToken is { } secret)
            request.Headers.TryAddWithoutValidation(SecretHeader, secret);
        try
        {
            using var response = await _http.SendAsync(request, timeout.Token);
            if (response.IsSuccessStatusCode)
                return new PostOutcome.Accepted();
            return new PostOutcome.Failed(
                $"Wrong response from the webhook: {(int)response.StatusCode} {response.ReasonPhrase}",
                (int)response.StatusCode,
                RetryAfter(response.Headers.RetryAfter));
        }
        catch (HttpRequestException e)
        {
            return new PostOutcome.Failed(Describe(e), null, null);
        }
        catch (OperationCanceledException)
        {
            return new PostOutcome.Failed("Read timeout expired", null, null);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection broke in a way that HttpClient would have wrapped; without an outcome the chat's updates would wait for ever.
            return new PostOutcome.Failed("Connection closed before the answer", null, null);
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);

    private static string Describe(HttpRequestException failure) => failure.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "Connection refused",
        SocketException { SocketErrorCode: SocketError.HostNotFound } => "Failed to resolve host: Name or service not known",
        SocketException => "Connection failed",
        _ => "Connection closed before the answer",
    };

    public void Dispose() => _http.Dispose();
}
