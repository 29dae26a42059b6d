namespace Support.Retrieval;

/// <summary>
/// A list that one writer extends while others read. A reader may use any index it learned from something the writer
/// published after adding it (a concurrent dictionary, a snapshot).
/// </summary>
internal sealed class Growing<T>
{
    private T[] _items = new T[1024];

    private volatile int _count;

    public int Count => _count;

    public T this[int index] => Volatile.Read(ref _items)[index];

    public T[] Items => Volatile.Read(ref _items);

    /// <summary>What was there at this moment.</summary>
    public ReadOnlySpan<T> Read()
    {
        var count = _count;
        return Items.AsSpan(0, count);
    }

    public int Add(T item)
    {
        if (_count == _items.Length)
        {
            var larger = new T[_items.Length * 2];
            _items.CopyTo(larger, 0);
            Volatile.Write(ref _items, larger);
        }
        _items[_count] = item;
        return _count++;
    }

    /// <returns>The index of the first.</returns>
    public int AddRange(ReadOnlySpan<T> items)
    {
        var first = _count;
        foreach (var item in items)
            Add(item);
        return first;
    }

    /// <summary>For counters only: readers may see the old or the new value.</summary>
    public void Set(int index, T item) => _items[index] = item;
}
