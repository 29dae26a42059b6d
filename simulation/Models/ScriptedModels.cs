using System.Collections.Concurrent;

namespace Support.Simulation.Models;

/// <summary>A model service without a model: it answers from scripts, misbehaves on demand, and remembers what it was asked.</summary>
public sealed class ScriptedModels(ScriptedModelOptions options)
{
    private readonly ConcurrentQueue<ModelRequest> _requests = new();

    public ScriptBook Scripts { get; } = HonestScripts.NewBook();

    public MisbehaviourList Misbehaviours { get; } = new(options.Seed);

    /// <summary>In the order of arrival, refused ones included.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. _requests];

    /// <summary>Those of one kind.</summary>
    public IReadOnlyList<ModelRequest> Asked(ModelCallKind kind) => [.. _requests.Where(request => request.Kind == kind)];

    internal ScriptedModelOptions Options => options;

    internal void Remember(ModelRequest request)
    {
        _requests.Enqueue(request);
        while (_requests.Count > options.RequestsKept && _requests.TryDequeue(out _))
        {
        }
    }
}
