using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Support.Retrieval.Dense;

/// <summary>Zeroed memory that begins with a cache line and that the collector never moves, so that no load of 64 bytes meets two lines.</summary>
internal sealed class AlignedMemory<T>
    where T : unmanaged
{
    private const int Line = 64;

    private readonly T[] _array;
    private readonly int _start;

    public AlignedMemory(int length)
    {
        Length = length;
        _array = GC.AllocateArray<T>(length + Line / Unsafe.SizeOf<T>(), pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((Line - address % Line) % Line) / Unsafe.SizeOf<T>();
    }

    public int Length { get; }

    public Span<T> Span => _array.AsSpan(_start, Length);

    /// <summary>The first of them.</summary>
    public ref T First => ref _array[_start];
}
