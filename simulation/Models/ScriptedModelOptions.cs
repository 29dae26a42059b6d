namespace Support.Simulation.Models;

/// <summary>What a scripted model server is like.</summary>
public sealed class ScriptedModelOptions
{
    /// <summary>The key it takes; null takes any, and none.</summary>
    public string? Key { get; set; }

    /// <summary>Models it has; empty for whatever it is asked for.</summary>
    public IList<string> Models { get; set; } = [];

    /// <summary>Length of embeddings where a request names none.</summary>
    public int Dimensions { get; set; } = 384;

    /// <summary>False: a stream that is asked for comes as a whole, as from servers that do not know of any.</summary>
    public bool Streams { get; set; } = true;

    /// <summary>Between the words of a stream, so that somebody can watch it.</summary>
    public TimeSpan WordPause { get; set; }

    /// <summary>Of draws among requests.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>The newest requests that are kept.</summary>
    public int RequestsKept { get; set; } = 10_000;
}
