namespace Support.Retrieval.Outside;

/// <summary>
/// The index outside PostgreSQL is away, refuses, or is not what the desk made. Nothing is lost: questions go to people, and documents wait. The
/// message names the setting or the command that mends it, and no key.
/// </summary>
public sealed class KnowledgeIndexException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The last sentence of a message where the index must be made anew.</summary>
    public const string RebuildIt = "Run `Support.Server knowledge reindex`.";
}
