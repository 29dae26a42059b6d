using System.Net;
using System.Net.Http.Headers;

namespace Support.Telegram;

/// <summary>A call's JSON that knows whether any of it left: the difference between "send again" and "who knows".</summary>
internal sealed class CallBody : HttpContent
{
    private readonly byte[] _json;

    public CallBody(byte[] json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool WasSent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WasSent = true;
        await stream.WriteAsync(_json, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
