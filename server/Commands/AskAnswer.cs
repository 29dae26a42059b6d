using System.Text.Json;

namespace Support.Server.Commands;

internal sealed record AskQuestion(string Question);

/// <summary>What the desk would say, and why.</summary>
/// <param name="Passages">As the desk gives them: documents, places, scores, texts.</param>
internal sealed record AskAnswer(string Decision, string? Answer, double? Confidence, string? Reason, IReadOnlyList<JsonElement>? Passages);
