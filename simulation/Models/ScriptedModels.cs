using System.Collections.Concurrent;

namespace Support.Simulation.Models;

/// <summary>A model service without a model: it answers from scripts, misbehaves on demand, and remembers what it was asked.</summary>
public sealed class ScriptedModels(ScriptedModelOptions options)
{
    private readonly ConcurrentQueue<ModelRequest> _requests = new();
    private long _received;
    private long _spoilt;

    public ScriptBook Scripts { get; } = HonestScripts.NewBook();

    public MisbehaviourList Misbehaviours { get; } = new(options.Seed);

    /// <summary>In the order of arrival, refused ones included.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. _requests];

    /// <summary>Those of one kind.</summary>
    public IReadOnlyList<ModelRequest> Asked(ModelCallKind kind) => [.. _requests.Where(request => request.Kind == kind)];

    /// <summary>How many requests have come, those no longer kept included.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>How many of them got an error, nothing, or another answer than the scripts gave.</summary>
    public long Spoilt => Interlocked.Read(ref _spoilt);

    public ScriptedModelOptions Options => options;

    internal void CountSpoilt() => Interlocked.Increment(ref _spoilt);

    internal void Remember(ModelRequest request)
    {
        Interlocked.Increment(ref _received);
        _requests.Enqueue(request);
        while (_requests.Count > options.RequestsKept && _requests.TryDequeue(out _))
        {
        }
    }
}
