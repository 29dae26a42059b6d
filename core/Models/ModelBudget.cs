namespace Support.Models;

/// <summary>What each company may spend on models in a UTC day.</summary>
/// <param name="Cost">In the currency of the prices; 0 for no limit.</param>
/// <param name="Tokens">Prompt and completion together; 0 for no limit.</param>
public sealed record ModelBudget(decimal Cost, long Tokens)
{
    public static readonly ModelBudget None = new(0, 0);

    public bool IsNone => Cost == 0 && Tokens == 0;

    public bool IsSpent(decimal cost, long tokens) => (Cost > 0 && cost >= Cost) || (Tokens > 0 && tokens >= Tokens);
}
