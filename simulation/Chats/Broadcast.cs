using System.Collections.Immutable;
using System.Threading.Channels;

namespace Support.Simulation;

/// <summary>Hands every event to everybody who watches; costs nothing while nobody does.</summary>
internal sealed class Broadcast<T>
{
    private ImmutableList<Watch<T>> _watches = [];

    public bool IsWatched => !_watches.IsEmpty;

    public Watch<T> Watch()
    {
        var watch = new Watch<T>(left => ImmutableInterlocked.Update(ref _watches, all => all.Remove(left)));
        ImmutableInterlocked.Update(ref _watches, all => all.Add(watch));
        return watch;
    }

    public void Publish(T happened)
    {
        foreach (var watch in _watches)
            watch.Add(happened);
    }
}

/// <summary>Events from the moment it was made until it is disposed. Nothing is dropped: read it, or dispose it.</summary>
public sealed class Watch<T> : IDisposable
{
    private readonly Channel<T> _events = Channel.CreateUnbounded<T>();
    private readonly Action<Watch<T>> _leave;

    internal Watch(Action<Watch<T>> leave) => _leave = leave;

    public ChannelReader<T> Reader => _events.Reader;

    public IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellation) => _events.Reader.ReadAllAsync(cancellation);

    internal void Add(T happened) => _events.Writer.TryWrite(happened);

    public void Dispose()
    {
        _leave(this);
        _events.Writer.TryComplete();
    }
}
