using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class PackedNumbersTests
{
    [Fact]
    public void Numbers_come_back()
    {
        int[] numbers = [0, 1, 127, 32_767, 32_768, 65_535, 65_536, 2_097_151, 268_435_456, int.MaxValue, 5];
        Assert.Equal(numbers, PackedNumbers.Unpack(PackedNumbers.Pack(numbers), numbers.Length));
        Assert.Equal([], PackedNumbers.Unpack(PackedNumbers.Pack([]), 0));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(83)]
    public void Small_ones_take_two_bytes_and_come_back(int count)
    {
        int[] numbers = [.. Enumerable.Range(32_768 - count, count)];
        var packed = PackedNumbers.Pack(numbers);
        Assert.Equal(count, packed.Length);
        Assert.Equal(numbers, PackedNumbers.Unpack(packed, count));
    }
}
