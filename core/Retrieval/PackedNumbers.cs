namespace Support.Retrieval;

/// <summary>
/// Small numbers in seven bits a byte, the last byte of each marked. Words are numbered as they are met, so the frequent ones are small: a text takes two bytes a
/// word instead of four.
/// </summary>
internal static class PackedNumbers
{
    private const int Bits = 7;
    private const byte Last = 1 << Bits;

    public static byte[] Pack(ReadOnlySpan<int> numbers)
    {
        var size = 0;
        foreach (var number in numbers)
            for (var left = (uint)number; ; left >>= Bits)
            {
                size++;
                if (left < Last)
                    break;
            }
        var bytes = new byte[size];
        var at = 0;
        foreach (var number in numbers)
        {
            var left = (uint)number;
            for (; left >= Last; left >>= Bits)
                bytes[at++] = (byte)(left & (Last - 1));
            bytes[at++] = (byte)(left | Last);
        }
        return bytes;
    }

    public static int[] Unpack(ReadOnlySpan<byte> bytes, int count)
    {
        var numbers = new int[count];
        Unpack(bytes, numbers);
        return numbers;
    }

    public static void Unpack(ReadOnlySpan<byte> bytes, Span<int> numbers)
    {
        var at = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = 0;
            var shift = 0;
            for (; bytes[at] < Last; shift += Bits)
                number |= bytes[at++] << shift;
            numbers[i] = number | (bytes[at++] & (Last - 1)) << shift;
        }
    }
}
