using Support.Models;

namespace Support.Retrieval;

/// <summary>A question as an index is asked it.</summary>
/// <param name="Text">Whose words are searched for.</param>
public sealed record AskedQuestion(string Text)
{
    /// <summary>What may leave for a model service, personal data replaced; null: the text itself.</summary>
    public string? ForModels { get; init; }

    /// <summary>On whose account it is embedded; null: on one of its own, that only the day's figures know.</summary>
    public ModelUse? Use { get; init; }
}
