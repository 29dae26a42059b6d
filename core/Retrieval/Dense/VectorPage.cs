using System.Runtime.InteropServices;

namespace Support.Retrieval.Dense;

/// <summary>
/// Room for some vectors, each kept twice. As 32-bit numbers, one row after the other, filled up with zeros to whole cache lines. And as bytes, for a first look:
/// 64 rows together, four numbers of each row in turn, so that sums of many rows are made side by side and none has to be added up across.
/// A row is written once, by one writer, before anybody is told of it.
/// </summary>
internal sealed class VectorPage
{
    /// <summary>Rows whose bytes lie together.</summary>
    public const int BlockRows = 64;

    /// <summary>Numbers of a row that lie together as bytes.</summary>
    public const int Together = 4;

    /// <summary>32-bit numbers in a cache line.</summary>
    public const int LineOfFloats = 16;

    /// <summary>What a byte of 0 stands for: bytes have no sign, which spares a step of every product.</summary>
    public const int Zero = 128;

    private const int MostStep = 127;

    private readonly AlignedMemory<float> _numbers;
    private readonly AlignedMemory<byte> _bytes;
    private readonly AlignedMemory<float> _steps;
    private readonly int _length;

    /// <param name="start">The number of its first row.</param>
    /// <param name="rows">A multiple of <see cref="BlockRows"/>.</param>
    /// <param name="length">Of a vector.</param>
    public VectorPage(int start, int rows, int length)
    {
        Start = start;
        Rows = rows;
        _length = length;
        Stride = StrideOf(length);
        Groups = GroupsOf(length);
        _numbers = new AlignedMemory<float>(rows * Stride);
        _bytes = new AlignedMemory<byte>(rows * Groups * Together);
        _steps = new AlignedMemory<float>(rows);
    }

    public int Start { get; }

    public int Rows { get; }

    /// <summary>From one row's first number to the next row's.</summary>
    public int Stride { get; }

    /// <summary>How many times <see cref="Together"/> numbers make a row.</summary>
    public int Groups { get; }

    public ref float FirstNumber => ref _numbers.First;

    public ref byte FirstByte => ref _bytes.First;

    /// <summary>Of each row, what one step of its bytes is worth.</summary>
    public ReadOnlySpan<float> Steps => _steps.Span;

    public static int StrideOf(int length) => (length + LineOfFloats - 1) / LineOfFloats * LineOfFloats;

    public static int GroupsOf(int length) => (length + Together - 1) / Together;

    /// <summary>The first number of a row; <see cref="Stride"/> are its own.</summary>
    public ref float FirstOf(int row) => ref _numbers.Span[(row - Start) * Stride];

    /// <param name="vector">See <see cref="UnitVector"/>.</param>
    public void Write(int row, ReadOnlySpan<float> vector)
    {
        var at = row - Start;
        vector[.._length].CopyTo(_numbers.Span[(at * Stride)..]);
        var greatest = 0f;
        foreach (var number in vector)
            greatest = Math.Max(greatest, Math.Abs(number));
        var step = greatest / MostStep;
        _steps.Span[at] = step;
        var block = _bytes.Span.Slice(at / BlockRows * BlockRows * Groups * Together, BlockRows * Groups * Together);
        for (var i = 0; i < Groups * Together; i++)
            block[i / Together * BlockRows * Together + at % BlockRows * Together + i % Together] =
                (byte)(Zero + (i < _length ? (int)MathF.Round(vector[i] / step) : 0));
    }

    /// <summary>All bytes of blocks that hold rows before this one, for measuring how fast they can be read.</summary>
    public ReadOnlySpan<byte> BytesBefore(int row) => _bytes.Span[..((Math.Clamp(row - Start, 0, Rows) + BlockRows - 1) / BlockRows * BlockRows * Groups * Together)];

    /// <summary>The same of the numbers, as bytes.</summary>
    public ReadOnlySpan<byte> NumbersBefore(int row) => MemoryMarshal.AsBytes(_numbers.Span[..(Math.Clamp(row - Start, 0, Rows) * Stride)]);
}
