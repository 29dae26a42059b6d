namespace Support.QdrantStandIn;

internal static class Cosines
{
    public static IEnumerable<(long Id, float Score)> Of(float[] query, Dictionary<long, float[]> vectors, HashSet<long> matching) =>
        vectors.Where(one => matching.Contains(one.Key)).Select(one => (one.Key, Cosine(query, one.Value)));

    private static float Cosine(float[] one, float[] other)
    {
        if (one.Length != other.Length)
            throw new StandInException(400, $"Wrong input: Vector dimension error: expected dim: {other.Length}, got {one.Length}");
        double product = 0, squares = 0, otherSquares = 0;
        for (var i = 0; i < one.Length; i++)
        {
            product += one[i] * other[i];
            squares += one[i] * one[i];
            otherSquares += other[i] * other[i];
        }
        return squares * otherSquares == 0 ? 0 : (float)(product / Math.Sqrt(squares * otherSquares));
    }
}
