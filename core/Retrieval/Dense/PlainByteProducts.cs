using System.Numerics;
using System.Runtime.CompilerServices;

namespace Support.Retrieval.Dense;

/// <summary>For every processor: each lane of 32 bits holds four numbers of one row, which are multiplied one after the other.</summary>
internal readonly struct PlainByteProducts : IByteProducts
{
    public static bool IsSupported => true;

    public static void OfBlock(ref byte block, ByteQuestion question, Span<int> products)
    {
        products[..VectorPage.BlockRows].Clear();
        var mask = new Vector<int>(byte.MaxValue);
        ref var rows = ref Unsafe.As<byte, int>(ref block);
        for (var group = 0; group < question.Groups; group++)
        {
            var (even, odd) = (Unsafe.Add(ref question.FirstEven, group), Unsafe.Add(ref question.FirstOdd, group));
            var (first, second, third, fourth) = (new Vector<int>((short)even), new Vector<int>((short)odd), new Vector<int>(even >> 16), new Vector<int>(odd >> 16));
            for (var row = 0; row < VectorPage.BlockRows; row += Vector<int>.Count)
            {
                var numbers = Vector.LoadUnsafe(ref rows, (nuint)(group * VectorPage.BlockRows + row));
                var sum = (numbers & mask) * first + ((numbers >>> 8) & mask) * second + ((numbers >>> 16) & mask) * third + (numbers >>> 24) * fourth;
                (new Vector<int>(products[row..]) + sum).CopyTo(products[row..]);
            }
        }
    }
}
