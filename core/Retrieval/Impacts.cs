namespace Support.Retrieval;

/// <summary>
/// How much a term is worth in a chunk (<see cref="Bm25F.Saturation"/>, 0 to 2) in one byte, rounded up: what they add up to is never less than the score. Such
/// impacts are made when a chunk is indexed (Anh, Moffat: Impact transformation, 2002), so that adding them up needs no lengths.
/// </summary>
internal static class Impacts
{
    /// <summary>Occurrences of a term in a field are counted up to this: where saturation makes more of them nearly indistinguishable.</summary>
    public const int MostTimes = 255;

    /// <summary>What an impact of 1 stands for.</summary>
    public const double Step = 2.0 / byte.MaxValue;

    /// <summary>Of a term that stands in many chunks, and so is worth little, half a byte is enough: in steps of this many.</summary>
    public const int Coarse = byte.MaxValue / 15;

    public static int OfRow(byte impact) => (impact + Coarse - 1) / Coarse;

    public static byte Of(double saturation) => (byte)Math.Clamp(Math.Ceiling(saturation / Step), 1, byte.MaxValue);
}
