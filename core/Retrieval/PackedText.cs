namespace Support.Retrieval;

/// <summary>
/// A text in half of the memory: one byte for each of the characters that Russian and English texts are made of, three for any other. Only the passages that are
/// shown are ever unpacked, at a microsecond each, so the texts of an index need not lie there as strings.
/// </summary>
internal readonly struct PackedText
{
    // Stands before the two bytes of a character that has no byte of its own.
    private const byte Escape = 0;

    /// <summary>Characters beyond ASCII with a byte of their own, from 128 on: Cyrillic of Russian, and what typesetters use.</summary>
    private const string Own =
        "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯёЁ«»„“”‘’—–…№•→€£°×§©®™±·éèüöäßáíóúñçàâêôœ\u00A0\u00AD\u200B\u2011";

    private static readonly byte[] Bytes = MakeBytes();
    private static readonly char[] Characters = MakeCharacters();

    private readonly byte[] _bytes;
    private readonly int _length;

    private PackedText(byte[] bytes, int length)
    {
        _bytes = bytes;
        _length = length;
    }

    /// <summary>In bytes.</summary>
    public int Size => _bytes.Length;

    public static PackedText Of(string text)
    {
        var size = 0;
        foreach (var c in text)
            size += Bytes[c] == Escape ? 3 : 1;
        var bytes = new byte[size];
        var at = 0;
        foreach (var c in text)
        {
            bytes[at++] = Bytes[c];
            if (Bytes[c] != Escape)
                continue;
            bytes[at++] = (byte)(c >> 8);
            bytes[at++] = (byte)c;
        }
        return new PackedText(bytes, text.Length);
    }

    public override string ToString() => string.Create(_length, _bytes, static (text, bytes) =>
    {
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var one = bytes[at++];
            text[i] = one != Escape ? Characters[one] : (char)(bytes[at++] << 8 | bytes[at++]);
        }
    });

    private static char[] MakeCharacters()
    {
        var characters = new char[256];
        for (var i = 1; i < 128; i++)
            characters[i] = (char)i;
        Own.CopyTo(0, characters, 128, Own.Length);
        return characters;
    }

    private static byte[] MakeBytes()
    {
        var characters = MakeCharacters();
        var bytes = new byte[char.MaxValue + 1];
        for (var i = 1; i < characters.Length; i++)
            if (characters[i] != 0)
                bytes[characters[i]] = (byte)i;
        return bytes;
    }
}
