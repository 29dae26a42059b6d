namespace Support.Retrieval.Written;

/// <summary>What the written questions say about the first passage, for the trace. The shipped confidence gives it no weight: it was fitted without such questions.</summary>
public static class WrittenFeatures
{
    /// <summary>How alike the question and the nearest one written for the first passage are.</summary>
    public const string First = "written_first";

    /// <summary>Empty when none of them was near.</summary>
    internal static IEnumerable<KeyValuePair<string, double>> Of(List<Candidate> candidates)
    {
        if (candidates is [{ Written: { } first }, ..])
            yield return new(First, first);
    }
}
