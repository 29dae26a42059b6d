using Support.Tenants;

namespace Support.Retrieval.Dense;

/// <summary>Where an in-process index reads the vectors of a tenant, change by change.</summary>
public interface IVectorSource
{
    /// <summary>The vectors that came with changes after number <paramref name="since"/>, be it that a chunk came or its vector.</summary>
    /// <param name="known">The space of the vectors that the index has.</param>
    ValueTask<VectorChanges> ChangesAsync(TenantId tenant, VectorSpace? known, long since, CancellationToken cancellation);
}

/// <param name="Space">Whose vectors serve; null while there are none.</param>
/// <param name="IsWhole">These are all there are: those of before are of another space, or there were none.</param>
public sealed record VectorChanges(long Reached, VectorSpace? Space, bool IsWhole, IReadOnlyList<ChunkVector> Vectors);

/// <param name="Packed">See <see cref="PackedVector"/>.</param>
public sealed record ChunkVector(long ChunkId, byte[] Packed);
