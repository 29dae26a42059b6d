using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Support.Qdrant.Wire;
using Support.Retrieval.Outside;

namespace Support.Qdrant;

/// <summary>One call of Qdrant's REST API and what became of it. Every call here does the same however often it is made, so all are tried again.</summary>
internal sealed class QdrantTransport(HttpClient http, QdrantOptions options, TimeProvider clock)
{
    private const int LongestProblem = 300;

    // Longer than this, whoever asked has more use for the failure than for the wait.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Snapshots of large collections.
    private static readonly TimeSpan LongWork = TimeSpan.FromMinutes(30);

    private readonly string _root = options.Url!.AbsoluteUri.TrimEnd('/');
    private readonly ResiliencePipeline<QdrantAnswer> _trying = Trying(options.Timeout, clock);
    private readonly ResiliencePipeline<QdrantAnswer> _tryingLong = Trying(LongWork, clock);

    private static ResiliencePipeline<QdrantAnswer> Trying(TimeSpan timeout, TimeProvider clock) => new ResiliencePipelineBuilder<QdrantAnswer> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<QdrantAnswer>
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(MayHelpToRepeat(attempt.Outcome)),
            DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter),
        })
        .AddTimeout(timeout)
        .Build();

    public string Address => _root;

    /// <returns>The answer's result; null when there is no such thing (404).</returns>
    public Task<TResult?> CallAsync<TResult>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<Envelope<TResult>> type, CancellationToken cancellation) =>
        CallAsync(method, path, body, type, isLong: false, cancellation);

    public Task<TResult?> CallLongAsync<TResult>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<Envelope<TResult>> type, CancellationToken cancellation) =>
        CallAsync(method, path, body, type, isLong: true, cancellation);

    private async Task<TResult?> CallAsync<TResult>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<Envelope<TResult>> type, bool isLong, CancellationToken cancellation)
    {
        var answer = await AnswerAsync(method, path, body, isLong, cancellation);
        if (answer.Status == HttpStatusCode.NotFound)
            return default;
        var envelope = Read(answer, path, type);
        return envelope.Result is { } result ? result : throw Unexpected(path);
    }

    /// <summary>For what has no envelope.</summary>
    public async Task<T> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) => Read(await AnswerAsync(HttpMethod.Get, path, null, isLong: false, cancellation), path, type);

    /// <summary>Writes what may be large to a stream, without a limit of time.</summary>
    public async Task DownloadAsync(string path, Stream to, CancellationToken cancellation)
    {
        using var request = Request(HttpMethod.Get, path, null);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
                throw Refused(HttpMethod.Get, path, new QdrantAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation), null));
            await response.Content.CopyToAsync(to, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw Away(e.Message, e);
        }
    }

    private T Read<T>(QdrantAnswer answer, string path, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw Unexpected(path);
        }
        catch (JsonException)
        {
            throw Unexpected(path);
        }
    }

    /// <summary>A success, or 404.</summary>
    private async Task<QdrantAnswer> AnswerAsync(HttpMethod method, string path, byte[]? body, bool isLong, CancellationToken cancellation)
    {
        QdrantAnswer answer;
        try
        {
            answer = await (isLong ? _tryingLong : _trying).ExecuteAsync(async token => await OnceAsync(method, path, body, token), cancellation);
        }
        catch (TimeoutRejectedException e)
        {
            throw Away($"no answer in {options.Timeout.TotalSeconds:0.#} s", e);
        }
        catch (HttpRequestException e)
        {
            throw Away(e.Message, e);
        }
        return (int)answer.Status is >= 200 and < 300 or 404 ? answer : throw Refused(method, path, answer);
    }

    private async ValueTask<QdrantAnswer> OnceAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellation)
    {
        using var request = Request(method, path, body);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        var after = response.Headers.RetryAfter?.Delta;
        return new QdrantAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation), after < LongestPause ? after : null);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, byte[]? body)
    {
        var request = new HttpRequestMessage(method, $"{_root}/{path}");
        if (options.ApiKey is { Length: > 0 } key)
            request.Headers.TryAddWithoutValidation("api-key", key);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    private static bool MayHelpToRepeat(Outcome<QdrantAnswer> outcome) =>
        outcome.Exception is HttpRequestException || outcome.Result is { Status: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError };

    private KnowledgeIndexException Away(string why, Exception inner) =>
        new($"Qdrant at {_root} cannot be reached ({why}). Check Support__Qdrant__Url, and that Qdrant runs there.", inner);

    private KnowledgeIndexException Unexpected(string path) =>
        new($"What answers at {_root}/{path} is not Qdrant's API. Check Support__Qdrant__Url.");

    private KnowledgeIndexException Refused(HttpMethod method, string path, QdrantAnswer answer) => answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? new KnowledgeIndexException($"Qdrant at {_root} refuses {(string.IsNullOrEmpty(options.ApiKey) ? "calls without a key" : "the key")} ({(int)answer.Status}). Set Support__Qdrant__ApiKey to a key that may read and write.")
        : new KnowledgeIndexException($"Qdrant at {_root} answered {method} {path} with {(int)answer.Status}: {Problem(answer)}");

    private static string Problem(QdrantAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            var error = json.RootElement.GetProperty("status").GetProperty("error").GetString() ?? "";
            return error.Length > LongestProblem ? error[..LongestProblem] + "…" : error;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "no reason given";
        }
    }
}

/// <param name="RetryAfter">As asked, when that is short enough to wait for.</param>
internal sealed record QdrantAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter);
