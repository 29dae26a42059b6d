using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class PackedNumbersTests
{
    [Fact]
    public void Numbers_come_back()
    {
        int[] numbers = [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, int.MaxValue, 5];
        Assert.Equal(numbers, PackedNumbers.Unpack(PackedNumbers.Pack(numbers), numbers.Length));
        Assert.Equal([], PackedNumbers.Unpack(PackedNumbers.Pack([]), 0));
    }

    [Fact]
    public void Small_ones_take_a_byte() => Assert.Equal([128, 255], PackedNumbers.Pack([0, 127]));
}
