using System.Collections.ObjectModel;
using Support.Generation.Reranking;

namespace Support.Confidence;

/// <summary>
/// What a reranking model's verdicts add to the confidence: logit p = logit(confidence of ranking) + Σ weight · value. Each value is from −1 (speaks against the
/// passage) to 1. The weights are a first guess, for no real model could be fitted on; a company's labels correct them like all others.
/// </summary>
public static class VerdictFeatures
{
    /// <summary>The first passage states the answer, in words that were shown to stand in it: 1; some of it: 0; none: −1.</summary>
    public const string States = "verdict_states";

    /// <summary>−1 if it is about another entity or condition, or says the opposite; else 0.</summary>
    public const string Same = "verdict_same";

    /// <summary>−1 if a passage of another title states the answer as well; else 0.</summary>
    public const string Rival = "verdict_rival";

    /// <summary>In the order of <see cref="Weights"/>.</summary>
    public static ReadOnlyCollection<string> Names { get; } = Array.AsReadOnly([States, Same, Rival]);

    internal static readonly double[] Weights = [2, 2.5, .7];

    /// <summary>Of the passage that comes first now.</summary>
    public static IReadOnlyDictionary<string, double> Of(IReadOnlyList<PassageVerdict> verdicts, long first, Func<long, string> titleOf)
    {
        var own = verdicts.FirstOrDefault(one => one.ChunkId == first);
        var rival = verdicts.Any(one => one.ChunkId != first && one is { States: Generation.Reranking.States.Yes, Same: true } && titleOf(one.ChunkId) != titleOf(first));
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            // Of all it was shown the model named others only, or none.
            [States] = own?.States switch { Generation.Reranking.States.Yes => 1, Generation.Reranking.States.Part => 0, _ => -1 },
            [Same] = own is { Same: false } ? -1 : 0,
            [Rival] = rival ? -1 : 0,
        };
    }

    /// <summary>The confidence with them. What ranking rules out stays ruled out: nothing a model says opens the gate.</summary>
    public static double Confidence(double ofRanking, IReadOnlyDictionary<string, double> values)
    {
        if (ofRanking <= 0)
            return 0;
        var z = TenantModel.Offset(ofRanking) + Shares(values).Values.Sum();
        return 1 / (1 + Math.Exp(-z));
    }

    /// <summary>What each adds to the log-odds.</summary>
    public static IReadOnlyDictionary<string, double> Shares(IReadOnlyDictionary<string, double> values)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < Names.Count; i++)
            if (values.TryGetValue(Names[i], out var value))
                shares[Names[i]] = Weights[i] * value;
        return shares;
    }
}
