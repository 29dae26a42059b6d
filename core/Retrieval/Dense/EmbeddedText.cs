namespace Support.Retrieval.Dense;

/// <summary>What an embedding model reads of a chunk. In PostgreSQL <c>embedded_hash</c> of 0016-vectors.sql hashes the same.</summary>
public static class EmbeddedText
{
    public static string Of(string title, string text) => title.Length == 0 ? text : title + "\n" + text;
}
