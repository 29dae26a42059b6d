namespace Support.OpenAi.Settings;

/// <summary>What a million tokens of a model cost, in a currency of your choice, the same for all.</summary>
public sealed class ModelPriceOptions
{
    /// <summary>As it is named where it is used.</summary>
    public string? Model { get; set; }

    public decimal Prompt { get; set; }

    /// <summary>Prompt tokens that the service had in its cache. Without it, as the others.</summary>
    public decimal? Cached { get; set; }

    public decimal Completion { get; set; }

    /// <param name="prompt">Cached ones included.</param>
    /// <param name="cached">Of the prompt's.</param>
    /// <param name="completion">What the model wrote.</param>
    public decimal CostOf(long prompt, long cached, long completion) =>
        ((Math.Max(0, prompt - cached) * Prompt) + (cached * (Cached ?? Prompt)) + (completion * Completion)) / 1_000_000m;
}
