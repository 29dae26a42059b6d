namespace Support.Simulation;

/// <summary>A callback query and how it was answered.</summary>
/// <param name="At">When it was pressed, in Unix milliseconds; answers are taken for 150 s.</param>
public sealed record PressedButton(string Id, long Bot, long Chat, long From, long MessageId, string Data, long At)
{
    public bool Answered { get; init; }

    public string? Notice { get; init; }

    public bool Alert { get; init; }

    public string? Url { get; init; }
}
