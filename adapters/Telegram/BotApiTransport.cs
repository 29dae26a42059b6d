using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Support.Telegram.Wire;

namespace Support.Telegram;

/// <summary>
/// One call over HTTP and what became of it. The address holds the token, so no exception and no message leaves here
/// without being looked through for it.
/// </summary>
internal sealed class BotApiTransport(HttpClient http, Uri apiUrl, TimeProvider clock)
{
    private static readonly Meter Meter = new("Support.Telegram");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("support.telegram.calls", description: "Calls of the Bot API by method and outcome.");

    // Longer than this, whoever asked has more use for the answer "wait" than for the wait.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly string _root = apiUrl.AbsoluteUri.TrimEnd('/');
    private readonly ResiliencePipeline<ApiResult<JsonElement>> _repeating = new ResiliencePipelineBuilder<ApiResult<JsonElement>> { TimeProvider = clock }
        .AddTimeout(TimeSpan.FromSeconds(45))
        .AddRetry(new RetryStrategyOptions<ApiResult<JsonElement>>
        {
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(300),
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(MayHelpToRepeat(attempt.Outcome.Result)),
            DelayGenerator = attempt => ValueTask.FromResult(PauseAsked(attempt.Outcome.Result)),
        })
        .Build();

    /// <summary>For calls that do the same however often they are made.</summary>
    public async Task<ApiResult<JsonElement>> RepeatableAsync(Call call, CancellationToken cancellation)
    {
        try
        {
            return await _repeating.ExecuteAsync(async token => await OnceAsync(call, token), cancellation);
        }
        catch (TimeoutRejectedException)
        {
            return new ApiResult<JsonElement>.InDoubt($"{call.Method}: no answer in 45 s");
        }
    }

    public async Task<ApiResult<JsonElement>> OnceAsync(Call call, CancellationToken cancellation)
    {
        using var body = new CallBody(call.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_root}/bot{call.Token.Value}/{call.Method}") { Content = body };
        using var timeout = new CancellationTokenSource(call.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        ApiResult<JsonElement> result;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            result = await ReadAsync(call, response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            result = Failed(call, body, $"no answer in {call.Timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            result = Failed(call, body, e.Message);
        }

        Calls.Add(1, new("method", call.Method), new("outcome", OutcomeOf(result)));
        return result;
    }

    /// <returns>The file's bytes, or null when there are more of them than allowed.</returns>
    public async Task<ApiResult<byte[]?>> DownloadAsync(BotToken token, string path, long maxBytes, TimeSpan time, CancellationToken cancellation)
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        using var timeout = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using var response = await http.GetAsync($"{_root}/file/bot{token.Value}/{escaped}", HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                return new ApiResult<byte[]?>.Error((int)response.StatusCode, "the file is not to be had", null, null);
            return new ApiResult<byte[]?>.Ok(await LimitedAsync(response.Content, maxBytes, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ApiResult<byte[]?>.InDoubt($"the download took longer than {time.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new ApiResult<byte[]?>.InDoubt(Scrub(e.Message, token));
        }
    }

    private static async Task<byte[]?> LimitedAsync(HttpContent content, long maxBytes, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > maxBytes)
            return null;
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (bytes.Length + read > maxBytes)
                return null;
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static async Task<ApiResult<JsonElement>> ReadAsync(Call call, HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var envelope = await EnvelopeAsync(response, cancellation);
        if (envelope is { Ok: true, Result: { } value } && status < 300)
            return new ApiResult<JsonElement>.Ok(value);
        var code = envelope is { ErrorCode: > 0 } ? envelope.ErrorCode : status;
        var description = Scrub(envelope?.Description ?? $"HTTP {status} without the Bot API's JSON", call.Token);
        if (code is < 400 or >= 500)
            return new ApiResult<JsonElement>.InDoubt($"{call.Method}: {code} {description}");
        return new ApiResult<JsonElement>.Error(
            code,
            description,
            envelope?.Parameters?.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            envelope?.Parameters?.MigrateToChatId);
    }

    /// <returns>Null when a proxy or something else answered in Telegram's place.</returns>
    private static async Task<Envelope?> EnvelopeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, WireJson.Default.Envelope, cancellation);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The Bot API does nothing before it has the body, so a body that was never asked for was a call never made.</summary>
    private static ApiResult<JsonElement> Failed(Call call, CallBody body, string message)
    {
        var description = $"{call.Method}: {Scrub(message, call.Token)}";
        return body.WasSent ? new ApiResult<JsonElement>.InDoubt(description) : new ApiResult<JsonElement>.Unreachable(description);
    }

    private static string Scrub(string text, BotToken token) =>
        text.Replace(token.Value, token.ToString(), StringComparison.Ordinal)
            .Replace(Uri.EscapeDataString(token.Value), token.ToString(), StringComparison.Ordinal);

    private static bool MayHelpToRepeat(ApiResult<JsonElement>? result) => result switch
    {
        ApiResult<JsonElement>.Unreachable or ApiResult<JsonElement>.InDoubt => true,
        ApiResult<JsonElement>.Error { Code: 429, RetryAfter: var pause } => pause is null || pause <= LongestPause,
        _ => false,
    };

    // A little later than asked: everybody who was told "5 s" comes back at the same moment.
    private static TimeSpan? PauseAsked(ApiResult<JsonElement>? result) =>
        result is ApiResult<JsonElement>.Error { RetryAfter: { } pause } ? pause + TimeSpan.FromMilliseconds(Random.Shared.Next(50, 500)) : null;

    private static string OutcomeOf(ApiResult<JsonElement> result) => result switch
    {
        ApiResult<JsonElement>.Ok => "ok",
        ApiResult<JsonElement>.Error error => error.Code.ToString(),
        ApiResult<JsonElement>.Unreachable => "unreachable",
        _ => "in_doubt",
    };
}

internal readonly record struct Call(BotToken Token, string Method, byte[] Body, TimeSpan Timeout);
