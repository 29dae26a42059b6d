using Support.Knowledge;

namespace Support.Retrieval.Written;

/// <summary>What customers might ask that a chunk answers, as a model wrote it: all of it, or nothing to take it away. It helps to find the chunk, and is no part of its text.</summary>
/// <param name="Audience">The chunk's own.</param>
public sealed record ChunkQuestions(long ChunkId, Audience Audience, IReadOnlyList<string> Questions);
