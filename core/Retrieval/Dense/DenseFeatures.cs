namespace Support.Retrieval.Dense;

/// <summary>What likeness says about the first passage, beside the features of the confidence. The shipped model gives it no weight: it was fitted without an embedding model.</summary>
public static class DenseFeatures
{
    /// <summary>The cosine of the question and the first passage.</summary>
    public const string First = "dense_first";

    /// <summary>That, less the greatest cosine of any other candidate.</summary>
    public const string Gap = "dense_gap";

    /// <summary>1 when the question could not be embedded and words alone were searched.</summary>
    public const string Failed = "dense_failed";

    internal static Dictionary<string, double> AndFailed(IReadOnlyDictionary<string, double> features) => new(features, StringComparer.Ordinal) { [Failed] = 1 };

    /// <summary>Empty when the first candidate has no vector.</summary>
    internal static IEnumerable<KeyValuePair<string, double>> Of(List<Candidate> candidates)
    {
        if (candidates is not [{ Likeness: { } first }, ..])
            yield break;
        yield return new(First, first);
        var others = candidates.Skip(1).Where(candidate => candidate.Likeness is not null).Select(candidate => candidate.Likeness!.Value).ToList();
        if (others.Count > 0)
            yield return new(Gap, first - others.Max());
    }
}
