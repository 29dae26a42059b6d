namespace Support.Simulation.Models;

/// <summary>Something that goes wrong on purpose: for a number of requests, a share of them, those of a rule, or all.</summary>
public sealed record Misbehaviour(Trouble Trouble)
{
    /// <summary>How many requests it still hits; null until it is cleared.</summary>
    public int? Next { get; init; }

    /// <summary>The share of requests that it hits, 0 to 1, drawn with the server's seed.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Null for every request.</summary>
    public Func<ModelRequest, bool>? When { get; init; }

    /// <summary>For <see cref="Trouble.TooManyRequestsWithPause"/>.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
