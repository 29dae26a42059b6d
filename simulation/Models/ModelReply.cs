using System.Diagnostics.CodeAnalysis;

namespace Support.Simulation.Models;

/// <summary>What a scripted model says.</summary>
/// <param name="Text">The content; JSON where a schema was given.</param>
public sealed record ModelReply(string Text)
{
    /// <summary>stop, length or content_filter.</summary>
    public string FinishReason { get; init; } = "stop";

    /// <summary>The likeliest first tokens, with natural logarithms of their probabilities; sent when log-probabilities are asked for.</summary>
    public IReadOnlyList<(string Token, double LogProbability)> TopTokens { get; init; } = [];

    /// <summary>Prompt tokens said to have been in the cache.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Scripts may give just the words, or null for nothing to say.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator ModelReply?(string? text) => text is null ? null : new ModelReply(text);

    public static ModelReply FromString(string text) => new(text);
}

/// <summary>A rule of a scripted model.</summary>
/// <returns>Null when it has nothing to say to this request; the next one is asked.</returns>
public delegate ModelReply? ModelScript(ModelRequest request);
