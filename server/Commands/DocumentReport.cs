using System.Text.Json.Serialization;

namespace Support.Server.Commands;

/// <summary>What the desk says about one document that it was given.</summary>
/// <param name="Status"><c>indexed</c>, <c>unchanged</c> or <c>refused</c>; <see cref="StillIndexing"/> when it is kept and cannot be found yet.</param>
/// <param name="Records">Entries of a FAQ, rows of a table, lines of JSON: what the file holds.</param>
/// <param name="Chunks">What can be found of it.</param>
/// <param name="Changed">Chunks that were indexed anew.</param>
/// <param name="Skipped">What could not be read, and why.</param>
/// <param name="Reason">Why it was refused, or is not to be found yet.</param>
internal sealed record DocumentReport(
    string Name, string Status, int Records, int Chunks, int Changed, IReadOnlyList<string>? Skipped, string? Reason)
{
    public const string StillIndexing = "still indexing";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DocumentReport))]
[JsonSerializable(typeof(AskAnswer))]
[JsonSerializable(typeof(AskQuestion))]
internal sealed partial class CommandsJson : JsonSerializerContext;
