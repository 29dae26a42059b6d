namespace Support.Retrieval.Dense;

/// <summary>Vectors of length 1, so that the dot product of two is the cosine of the angle between them.</summary>
public static class UnitVector
{
    /// <summary>The same direction, with a sum of squares of 1.</summary>
    /// <exception cref="BadVectorException">It has no numbers, only zeros, or one that is not finite.</exception>
    public static float[] Of(ReadOnlySpan<float> vector)
    {
        // In double precision: squares of small numbers vanish in single, those of large ones overflow.
        var squares = 0.0;
        for (var i = 0; i < vector.Length; i++)
            squares += float.IsFinite(vector[i])
                ? (double)vector[i] * vector[i]
                : throw new BadVectorException($"Number {i} of a vector of {vector.Length} is {vector[i]}, which no direction has. The embedding model gave it.");
        if (squares == 0)
            throw new BadVectorException(vector.Length == 0
                ? "A vector without numbers has no direction. The embedding model gave it."
                : $"A vector of {vector.Length} zeros has no direction. The embedding model gave it.");
        var scale = 1 / Math.Sqrt(squares);
        var unit = new float[vector.Length];
        for (var i = 0; i < unit.Length; i++)
            unit[i] = (float)(vector[i] * scale);
        return unit;
    }
}
