using System.Collections.Concurrent;

namespace Support.Simulation.Models;

/// <summary>What a scripted model answers: rules from the newest to the oldest, then the script of the schema's name, then a reply that fits anything.</summary>
public sealed class ScriptBook
{
    private readonly Lock _gate = new();
    private readonly List<ModelScript> _rules = [];
    private readonly ConcurrentDictionary<string, ModelScript> _bySchema = new(StringComparer.Ordinal);

    /// <summary>Asked before all that were added earlier, and before every script of a schema.</summary>
    public ScriptBook Add(ModelScript rule)
    {
        lock (_gate)
            _rules.Insert(0, rule);
        return this;
    }

    /// <param name="name">The json_schema's name in response_format.</param>
    /// <param name="script">In the place of the one that was there.</param>
    public ScriptBook ForSchema(string name, ModelScript script)
    {
        _bySchema[name] = script;
        return this;
    }

    /// <summary>Speech into text; by default a file of plain text is read as it stands.</summary>
    public Func<ModelRequest, string> Transcribe { get; set; } = PlainReplies.Heard;

    public ModelReply Answer(ModelRequest request)
    {
        ModelScript[] rules;
        lock (_gate)
            rules = [.. _rules];
        foreach (var rule in rules)
            if (rule(request) is { } reply)
                return reply;
        return (request.SchemaName is { } name && _bySchema.TryGetValue(name, out var script) ? script(request) : null) ?? PlainReplies.Fitting(request);
    }
}
