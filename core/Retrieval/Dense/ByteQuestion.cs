using System.Runtime.InteropServices;

namespace Support.Retrieval.Dense;

/// <summary>
/// A question in whole numbers, as products with bytes take it. Rows lose most by being rounded to bytes; the question, of which there is one, is kept to as many
/// steps as the sums bear.
/// </summary>
internal sealed class ByteQuestion
{
    private const int MostStep = 4095;

    private readonly AlignedMemory<int> _even;
    private readonly AlignedMemory<int> _odd;

    /// <param name="question">See <see cref="UnitVector"/>.</param>
    public ByteQuestion(ReadOnlySpan<float> question)
    {
        Groups = VectorPage.GroupsOf(question.Length);
        _even = new AlignedMemory<int>(Groups);
        _odd = new AlignedMemory<int>(Groups);
        var greatest = 0f;
        foreach (var number in question)
            greatest = Math.Max(greatest, Math.Abs(number));
        // So that no sum of products with bytes leaves 32 bits.
        var most = Math.Min(MostStep, int.MaxValue / (byte.MaxValue * Groups * VectorPage.Together));
        var even = MemoryMarshal.Cast<int, short>(_even.Span);
        var odd = MemoryMarshal.Cast<int, short>(_odd.Span);
        var sum = 0;
        for (var i = 0; i < question.Length; i++)
        {
            var number = (int)MathF.Round(question[i] / greatest * most);
            (i % 2 == 0 ? even : odd)[i / 2] = (short)number;
            sum += number;
        }
        Offset = VectorPage.Zero * sum;
    }

    public int Groups { get; }

    /// <summary>Of each group of four numbers, the first and the third: two of 16 bits in one of 32.</summary>
    public ref int FirstEven => ref _even.First;

    /// <summary>The second and the fourth.</summary>
    public ref int FirstOdd => ref _odd.First;

    /// <summary>What every sum has too much because bytes stand for numbers less <see cref="VectorPage.Zero"/>.</summary>
    public int Offset { get; }
}
