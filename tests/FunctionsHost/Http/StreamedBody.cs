using System.Net;

namespace Support.FunctionsHost.Http;

/// <summary>A request's body on its way to the handler: each piece as soon as it comes, also while the answer is already coming back.</summary>
internal sealed class StreamedBody(Stream body) : HttpContent
{
    /// <summary>From then on it cannot be sent again.</summary>
    public bool HasBegun { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasBegun = true;
        return Streaming.CopyAsync(body, stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

internal static class Streaming
{
    private const int Piece = 16 * 1024;

    public static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        var buffer = new byte[Piece];
        while (await from.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
            await to.FlushAsync(cancellation);
        }
    }
}
