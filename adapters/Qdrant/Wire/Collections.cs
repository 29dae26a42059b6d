using System.Text.Json.Serialization;

namespace Support.Qdrant.Wire;

/// <summary>A collection to be made.</summary>
internal sealed record NewCollection
{
    public DenseVectors? Vectors { get; init; }

    public required SparseVectors SparseVectors { get; init; }

    public HnswConfig? HnswConfig { get; init; }

    public Quantization? QuantizationConfig { get; init; }

    public bool OnDiskPayload { get; init; } = true;
}

internal sealed record DenseVectors(DenseVector? Dense);

internal sealed record DenseVector(int Size, string Distance, bool? OnDisk = null);

internal sealed record SparseVectors(SparseParameters? Stems, SparseParameters? Grams);

internal sealed record SparseParameters(string? Modifier);

internal sealed record HnswConfig(int M, int PayloadM, int EfConstruct);

internal sealed record Quantization(ScalarQuantization Scalar);

internal sealed record ScalarQuantization(string Type, double Quantile, bool AlwaysRam);

/// <summary>A collection as it is.</summary>
internal sealed record CollectionInfo(CollectionConfig Config);

internal sealed record CollectionConfig(CollectionParameters Params);

/// <param name="Vectors">Of a collection with one unnamed vector, "dense" is not there.</param>
internal sealed record CollectionParameters(DenseVectors? Vectors, SparseVectors? SparseVectors);

internal sealed record CollectionNames(IReadOnlyList<CollectionName> Collections);

internal sealed record CollectionName(string Name);

internal sealed record AliasNames(IReadOnlyList<AliasName> Aliases);

internal sealed record AliasName([property: JsonPropertyName("alias_name")] string Alias, [property: JsonPropertyName("collection_name")] string Collection);
