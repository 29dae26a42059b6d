using Support.Models;

namespace Support.Retrieval;

/// <summary>A question as an index is asked it.</summary>
/// <param name="Text">Whose words are searched for. An embedding model gets it without the personal data in it.</param>
public sealed record AskedQuestion(string Text)
{
    /// <summary>On whose account it is embedded; null: on one of its own, that only the day's figures know.</summary>
    public ModelUse? Use { get; init; }
}
