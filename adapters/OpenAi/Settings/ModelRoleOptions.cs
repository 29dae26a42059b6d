namespace Support.OpenAi.Settings;

/// <summary>The model of one use. What is left out is that of all.</summary>
public sealed class ModelRoleOptions
{
    /// <summary>"none" switches this use off.</summary>
    public const string None = "none";

    public string? Model { get; set; }

    public string? Endpoint { get; set; }

    public string? Key { get; set; }

    public ServiceKind Kind { get; set; }

    public string? FallbackModel { get; set; }

    public string? FallbackEndpoint { get; set; }

    public string? FallbackKey { get; set; }

    public ServiceKind FallbackKind { get; set; }
}
