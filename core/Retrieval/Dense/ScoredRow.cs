namespace Support.Retrieval.Dense;

/// <param name="Score">The cosine, from -1 to 1; of a scan of bytes, about that times a number that is the same for all rows.</param>
internal readonly record struct ScoredRow(int Row, float Score);
