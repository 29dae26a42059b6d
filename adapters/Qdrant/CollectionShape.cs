using Support.Qdrant.Wire;

namespace Support.Qdrant;

/// <summary>What the desk's collections are made like: two sparse vectors that the server weighs by idf, and a dense one where there is an embedding model.</summary>
internal static class CollectionShape
{
    private const string Idf = "idf";

    public static NewCollection New(QdrantOptions options)
    {
        var sparse = new SparseVectors(new SparseParameters(Idf), new SparseParameters(Idf));
        return options.DenseSize == 0
            ? new NewCollection { SparseVectors = sparse }
            : new NewCollection
            {
                SparseVectors = sparse,
                Vectors = new DenseVectors(new DenseVector(options.DenseSize, "Cosine", OnDisk: true)),
                // No graph over all tenants, one for each: every query names its tenant.
                HnswConfig = new HnswConfig(M: 0, PayloadM: 16, EfConstruct: 100),
                QuantizationConfig = new Quantization(new ScalarQuantization("int8", Quantile: .99, AlwaysRam: true)),
            };
    }

    /// <returns>What differs, as the end of a sentence; null when nothing does.</returns>
    public static string? Difference(CollectionParameters? found, QdrantOptions options) =>
        OfSparse("stems", found?.SparseVectors?.Stems) ?? OfSparse("grams", found?.SparseVectors?.Grams) ?? OfDense(found?.Vectors?.Dense, options.DenseSize);

    private static string? OfSparse(string name, SparseParameters? found) =>
        found is null ? $"has no sparse vector \"{name}\""
        : found.Modifier != Idf ? $"has a sparse vector \"{name}\" without the modifier idf"
        : null;

    private static string? OfDense(DenseVector? found, int size) =>
        size == 0 || found?.Size == size ? null
        : found is null ? $"has no vector \"dense\", but Support__Qdrant__DenseSize is {size}"
        : $"has dense vectors of {found.Size}, but Support__Qdrant__DenseSize is {size}";
}
