using System.Text.Json;

namespace Support.Server.Commands;

internal sealed record AskQuestion(string Question);

/// <summary>What the desk would say, and why.</summary>
/// <param name="Choices">What the customer would be asked to choose from.</param>
/// <param name="Passages">As the desk gives them: documents, places, scores, texts.</param>
/// <param name="Level">The confidence in a word.</param>
/// <param name="Probability">Null where the company has too few labels.</param>
internal sealed record AskAnswer(string Decision, string? Answer, double? Confidence, string? Reason, string? ReadAs, IReadOnlyList<string>? Choices, IReadOnlyList<JsonElement>? Passages, string? Level = null, double? Probability = null);
