using Support.Models;

namespace Support.Knowledge.Rounds;

/// <summary>How a company's turn in a round ended.</summary>
/// <param name="Kept">What became of the texts; what a lost lease kept from being stored is not among it.</param>
/// <param name="HasAnswered">The service gave something that could be used.</param>
/// <param name="Complete">Every text published up to this change was looked at; null when some are left.</param>
/// <param name="Failure">Why it ended early; null when it is complete, its time was over or its lease was lost.</param>
internal sealed record TurnEnd(Kept Kept, bool HasAnswered, long? Complete, ModelException? Failure);
