using System.Buffers.Binary;

namespace Support.Retrieval.Dense;

/// <summary>
/// A unit vector as it is stored: numbers of 16 bits, little-endian. Half the memory of 32 bits, in PostgreSQL and on the way from it; a cosine changes by some
/// hundred-thousandths, less than the same text embedded twice by a service does. Bytes would be half again, but ranks would change with them.
/// </summary>
public static class PackedVector
{
    public static byte[] Of(ReadOnlySpan<float> unit)
    {
        var packed = new byte[unit.Length * 2];
        for (var i = 0; i < unit.Length; i++)
            BinaryPrimitives.WriteHalfLittleEndian(packed.AsSpan(2 * i), (Half)unit[i]);
        return packed;
    }

    /// <returns>Of length 1 again.</returns>
    /// <exception cref="BadVectorException">These are no bytes of a vector.</exception>
    public static float[] Unpack(ReadOnlySpan<byte> packed)
    {
        var vector = new float[packed.Length / 2];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(packed[(2 * i)..]);
        return UnitVector.Of(vector);
    }
}
