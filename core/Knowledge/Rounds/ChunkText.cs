namespace Support.Knowledge.Rounds;

/// <summary>A text of published chunks that a model is asked about: two chunks of the same title and text are one.</summary>
/// <param name="Hash">Of title and text: <c>chunk.embedded_hash</c>.</param>
internal sealed record ChunkText(byte[] Hash, string Title, string Text);
