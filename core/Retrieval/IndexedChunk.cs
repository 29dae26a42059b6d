using Support.Knowledge;

namespace Support.Retrieval;

/// <summary>A chunk as an index takes it in. A chunk never changes: other words are another chunk id.</summary>
/// <param name="ChunkId">Unique within the tenant.</param>
/// <param name="Title">See <see cref="ChunkDraft.Title"/>.</param>
public sealed record IndexedChunk(
    long ChunkId,
    long DocumentId,
    int Version,
    Audience Audience,
    string Source,
    string? Link,
    string Title,
    string Text);
