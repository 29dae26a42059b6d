namespace Support.Replay;

/// <summary>
/// Telegram Desktop writes a control character inside a text as \x1F, which is no JSON: one message with such a character would make
/// the whole file unreadable. Each becomes four spaces, so that every position in the file stays what it is.
/// </summary>
/// <remarks>SerializeString in export_output_json.cpp of Telegram Desktop.</remarks>
internal struct ControlCharacters
{
    private bool _escapes;
    private int _digits;

    /// <summary>Mends what has arrived, in place. A backslash at the very end stays for the next piece, which begins where this one ended.</summary>
    /// <returns>How many of the bytes are mended; the rest (0 or 1) is given again with what follows.</returns>
    public int Mend(Span<byte> bytes)
    {
        var at = 0;
        for (; _digits > 0 && at < bytes.Length; at++, _digits--)
            bytes[at] = (byte)' ';
        while (at < bytes.Length)
        {
            if (_escapes)
            {
                _escapes = false;
                at++;
                continue;
            }
            var next = bytes[at..].IndexOf((byte)'\\');
            if (next < 0)
                return bytes.Length;
            at += next;
            if (at == bytes.Length - 1)
                return at;
            if (bytes[at + 1] != (byte)'x')
            {
                _escapes = true;
                at++;
                continue;
            }
            for (_digits = 4; _digits > 0 && at < bytes.Length; at++, _digits--)
                bytes[at] = (byte)' ';
        }
        return bytes.Length;
    }
}
