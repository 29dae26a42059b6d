namespace Support.Retrieval.Dense;

/// <summary>A question as an embedding model sees it.</summary>
/// <param name="Vector">See <see cref="UnitVector"/>.</param>
/// <param name="Weight">Of likeness in the order of passages, from 0 (words alone) to 1: see <see cref="Fusion"/>.</param>
public sealed record DenseQuestion(VectorSpace Space, float[] Vector, double Weight);
