using Support.Retrieval.Dense;

namespace Support.Tests.Retrieval.Dense;

public sealed class UnitVectorTests
{
    [Theory]
    [InlineData(3f, 4f, .6f, .8f)]
    [InlineData(3e-30f, -4e-30f, .6f, -.8f)]
    [InlineData(3e30f, 4e30f, .6f, .8f)]
    public void Any_finite_direction_is_brought_to_length_1(float x, float y, float unitX, float unitY)
    {
        var unit = UnitVector.Of([x, y]);
        Assert.Equal(unitX, unit[0], 1e-6f);
        Assert.Equal(unitY, unit[1], 1e-6f);
    }

    [Theory]
    [InlineData(float.NaN, "Number 1 of a vector of 3 is NaN")]
    [InlineData(float.PositiveInfinity, "Number 1 of a vector of 3 is Infinity")]
    public void A_number_that_is_not_finite_is_refused_by_its_place(float number, string said) =>
        Assert.Contains(said, Assert.Throws<BadVectorException>(() => UnitVector.Of([1, number, 0])).Message, StringComparison.Ordinal);

    [Fact]
    public void Zeros_and_nothing_at_all_are_refused()
    {
        Assert.Contains("2 zeros", Assert.Throws<BadVectorException>(() => UnitVector.Of([0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("without numbers", Assert.Throws<BadVectorException>(() => UnitVector.Of([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_of_another_length_is_not_kept()
    {
        var rows = new VectorRows(3);
        Assert.Contains("2 numbers", Assert.Throws<BadVectorException>(() => rows.Add([1, 0])).Message, StringComparison.Ordinal);
        Assert.Equal(0, rows.Count);
    }
}
