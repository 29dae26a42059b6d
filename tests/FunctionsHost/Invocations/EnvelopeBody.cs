using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Support.FunctionsHost.Invocations;

/// <summary>An envelope on its way: its length is not told beforehand, so it goes chunked.</summary>
internal sealed class EnvelopeBody : HttpContent
{
    private readonly byte[] _json;

    public EnvelopeBody(string json)
    {
        _json = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_json, CancellationToken.None).AsTask();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => stream.WriteAsync(_json, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
