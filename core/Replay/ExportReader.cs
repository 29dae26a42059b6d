using System.Runtime.CompilerServices;

namespace Support.Replay;

/// <summary>
/// Reads Telegram Desktop's export (Machine-readable JSON, of one chat or of all) message by message, as it arrives. Never more of it is in memory
/// than the message at hand, however large the file is.
/// </summary>
public sealed class ExportReader(Stream file)
{
    /// <summary>A message has 4,096 characters at most, twice with its formatting. What is larger is no message.</summary>
    private const int LargestPiece = 4 * 1024 * 1024;

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private readonly ExportWalk _walk = new();
    private ControlCharacters _controls;
    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;
    private int _mended;
    private long _passed;
    private bool _ended;
    private bool _begun;

    /// <summary>Why and at which byte the reading stopped before the end of the file, once it has; what stood before was read. Null when all of it was read.</summary>
    public string? BrokenOff { get; private set; }

    /// <summary>Bytes gone over, counting each time: a few times as many as were read, however few arrive at a time.</summary>
    internal long GoneOver { get; private set; }

    /// <exception cref="ExportException">It is no such export, or broken before its first message.</exception>
    public async IAsyncEnumerable<ExportedMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var any = false;
        while (true)
        {
            await FillAsync(cancellation);
            var isBroken = !Walk();
            foreach (var message in _walk.Take())
            {
                any = true;
                yield return message;
            }
            if (isBroken || (_ended && _filled == 0) || _walk.HasEnded)
                break;
        }
        if (BrokenOff is not null && !any)
            throw new ExportException($"{BrokenOff}, before any message. {ExportException.HowTo}");
        if (!_walk.IsExport)
            throw new ExportException($"This file is JSON, but holds neither \"messages\" nor \"chats\": it is no export of Telegram Desktop. {ExportException.HowTo}");
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        if (_ended)
            return;
        // The rest of a message is gone over again from its beginning: at least as much must follow, or a long one would be read many times.
        if (_filled > _buffer.Length / 2)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        while (!_ended && _filled < _buffer.Length)
        {
            var read = await file.ReadAsync(_buffer.AsMemory(_filled), cancellation);
            _ended = read == 0;
            _filled += read;
        }
        _mended += _controls.Mend(_buffer.AsSpan(_mended, _filled - _mended));
        if (_ended)
            _mended = _filled;
        // Its first bytes tell it from what it is often confused with.
        if (!_begun && (_filled >= 4 || _ended))
        {
            _begun = true;
            Begin();
        }
    }

    private void Begin()
    {
        if (_buffer.AsSpan(0, _filled).StartsWith(Utf8Mark))
            _buffer.AsSpan(0, Utf8Mark.Length).Fill((byte)' ');
        var first = _buffer.AsSpan(0, _filled).TrimStart(" \t\r\n"u8);
        if (first.Length > 0 && first[0] == (byte)'<')
            throw new ExportException($"This is an export as HTML, which is made for reading and not for programs. {ExportException.HowTo}");
        if (first.StartsWith("PK"u8))
            throw new ExportException($"This is a ZIP archive. Unpack it and give the file result.json inside. {ExportException.HowTo}");
        if (_ended && first.Length == 0)
            throw new ExportException($"The file is empty. {ExportException.HowTo}");
        if (first.Length > 0 && first[0] != (byte)'{')
            throw new ExportException($"This file is no JSON object, as an export of Telegram Desktop is. {ExportException.HowTo}");
    }

    /// <returns>False when it cannot be read any further.</returns>
    private bool Walk()
    {
        if (!_begun)
            return true;
        GoneOver += _mended;
        var used = _walk.Over(_buffer.AsSpan(0, _mended), _ended);
        if (_walk.Problem is { } problem)
        {
            BrokenOff = _ended && _walk.IsCutOff
                ? $"The file ends in the middle, at byte {_passed + _filled:N0}"
                : $"The file cannot be read any further than byte {_passed + used:N0} ({problem})";
            return false;
        }
        _buffer.AsSpan(used, _filled - used).CopyTo(_buffer);
        _passed += used;
        _filled -= used;
        _mended -= used;
        if (_filled < LargestPiece)
            return true;
        BrokenOff = $"The file cannot be read any further than byte {_passed:N0} (what begins there is larger than any message)";
        return false;
    }
}
