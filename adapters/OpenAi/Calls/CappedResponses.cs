using System.Net;
using System.Net.Http;

namespace Support.OpenAi.Calls;

/// <summary>No answer of a model service is read beyond a size that none honestly has: a broken one could fill the memory within the time of one call.</summary>
internal sealed class CappedResponses(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Sixty-four vectors of 3,072 numbers, written out, are four megabytes.</summary>
    public const long Most = 16 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var capped = new StreamContent(new CappedStream(await response.Content.ReadAsStreamAsync(cancellationToken), Most));
        foreach (var (name, values) in response.Content.Headers)
            capped.Headers.TryAddWithoutValidation(name, values);
        response.Content = capped;
        return response;
    }
}
