namespace Support.Tests.Replay;

/// <summary>Gives its bytes a few at a time, as a network does.</summary>
/// <param name="look">Called before each read.</param>
internal sealed class Pieces(IEnumerable<byte[]> pieces, Action<long>? look = null) : Stream
{
    private readonly IEnumerator<byte[]> _pieces = pieces.GetEnumerator();
    private ReadOnlyMemory<byte> _rest;

    /// <summary>Bytes given so far.</summary>
    public long Given { get; private set; }

    public static Pieces Of(byte[] bytes, int size) => new(bytes.Chunk(size));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        look?.Invoke(Given);
        while (_rest.Length == 0)
        {
            if (!_pieces.MoveNext())
                return ValueTask.FromResult(0);
            _rest = _pieces.Current;
        }
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        Given += count;
        return ValueTask.FromResult(count);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Given; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
