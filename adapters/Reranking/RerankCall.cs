using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Support.Knowledge;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Settings;

namespace Support.Reranking;

/// <summary>One request to a rerank endpoint, in either dialect. Servers answer in the order of their scores; here they are in the order of the texts.</summary>
internal sealed class RerankCall(HttpClient http, RerankEndpointOptions options, TimeProvider clock)
{
    public async Task<IReadOnlyList<double>> OnceAsync(string query, IReadOnlyList<string> texts, CallTry attempt, CancellationToken cancellation)
    {
        attempt.Sends(() => TokenCount.Estimate(query + string.Concat(texts)));
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(attempt.Target.Service.Endpoint))
        {
            Content = new ByteArrayContent(Write(query, texts)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        if (attempt.Target.Service.Key is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw Refusal.Of(attempt.Target, (int)response.StatusCode, body, name => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null, clock.GetUtcNow());
        var (scores, tokens) = Read(body);
        attempt.Count(tokens is null ? null : new UsageDetails { InputTokenCount = tokens }, "");
        return InOrder(scores, texts.Count, attempt.Target);
    }

    private string Address(Uri endpoint)
    {
        var url = endpoint.AbsoluteUri.TrimEnd('/');
        return url.EndsWith("/rerank", StringComparison.Ordinal) ? url
            : options.Dialect == RerankDialect.Tei ? url + "/rerank"
            : url + (url.EndsWith("/v1", StringComparison.Ordinal) || url.EndsWith("/v2", StringComparison.Ordinal) ? "/rerank" : "/v1/rerank");
    }

    private byte[] Write(string query, IReadOnlyList<string> texts) => options.Dialect == RerankDialect.Tei
        ? JsonSerializer.SerializeToUtf8Bytes(new TeiRequest(query, texts, Truncate: true), RerankJson.Default.TeiRequest)
        : JsonSerializer.SerializeToUtf8Bytes(new JinaRequest(options.Model, query, texts, texts.Count), RerankJson.Default.JinaRequest);

    private (IReadOnlyList<(int Index, double Score)> Scores, int? Tokens) Read(byte[] body)
    {
        if (options.Dialect == RerankDialect.Tei)
            return ([.. (JsonSerializer.Deserialize(body, RerankJson.Default.IReadOnlyListTeiScore) ?? []).Select(one => (one.Index, one.Score))], null);
        var answer = JsonSerializer.Deserialize(body, RerankJson.Default.JinaAnswer);
        return ([.. (answer?.Results ?? []).Select(one => (one.Index, one.RelevanceScore))], answer?.Usage?.TotalTokens);
    }

    private static double[] InOrder(IReadOnlyList<(int Index, double Score)> scores, int count, ModelTarget target)
    {
        var ordered = new double[count];
        var seen = new bool[count];
        foreach (var (index, score) in scores)
        {
            if (index < 0 || index >= count || seen[index] || !double.IsFinite(score))
                throw Bad(target);
            (ordered[index], seen[index]) = (score, true);
        }
        return Array.TrueForAll(seen, one => one) ? ordered : throw Bad(target);
    }

    private static CallFailedException Bad(ModelTarget target) => new(ModelFailure.BadAnswer, $"{target} did not give one score for each text.") { MayRepeat = true };
}
