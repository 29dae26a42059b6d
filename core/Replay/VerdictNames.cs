using Support.Labels;

namespace Support.Replay;

/// <summary>Verdicts as the HTTP doors write them.</summary>
public static class VerdictNames
{
    /// <summary>One of those to choose from is right.</summary>
    public const string Chosen = "chosen";

    /// <summary>None of those to choose from is.</summary>
    public const string None = "none";

    public static string Of(LabelVerdict verdict) => verdict switch { LabelVerdict.Right => "right", LabelVerdict.Partly => "partly", _ => "wrong" };

    /// <returns>Null for any other word.</returns>
    public static LabelVerdict? Read(string? name) => name switch { "right" => LabelVerdict.Right, "partly" => LabelVerdict.Partly, "wrong" => LabelVerdict.Wrong, _ => null };
}
