using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Support.Confidence;

/// <summary>
/// Tells one <see cref="ConfidenceModel"/> from another. Thresholds and fits rest on the numbers of the model they were made with:
/// under another mark they mean nothing, and labelled questions are asked again.
/// </summary>
public static class ModelMark
{
    /// <summary>Raised with each change of ranking or features that moves their numbers: a confidence of before says nothing of one of after.</summary>
    private const double Ranking = 2;

    /// <summary>
    /// 12 hexadecimal digits, alike wherever the features' names, the model's numbers and <see cref="Ranking"/> are alike, and the same model gives verdicts. A test tells
    /// when Ranking was forgotten.
    /// </summary>
    public static string Current { get; private set; } = Make(judge: null);

    /// <summary>Said once, when a process starts: what besides words has a say in the order of passages and in their confidence. Null: nothing.</summary>
    /// <param name="givesVerdicts">It is a chat model; an endpoint only orders.</param>
    public static void JudgedBy(string? judge, bool givesVerdicts)
    {
        Current = Make(judge);
        HasVerdicts = givesVerdicts;
    }

    /// <summary>Confidences are expected to hold a model's verdicts: without them a certificate made with them does not hold.</summary>
    public static bool HasVerdicts { get; private set; }

    private static string Make(string? judge)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in ConfidenceFeatures.Names)
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
        Span<byte> number = stackalloc byte[sizeof(double)];
        foreach (var value in ConfidenceModel.Mean.Concat(ConfidenceModel.Deviation).Concat(ConfidenceModel.Coefficient).Append(ConfidenceModel.Intercept).Append(ConfidenceModel.Clip).Append(ConfidenceModel.OpenTopic).Append(ConfidenceModel.OpenKnown).Append(Ranking))
        {
            BinaryPrimitives.WriteDoubleLittleEndian(number, value);
            hash.AppendData(number);
        }
        if (judge is not null)
            foreach (var part in VerdictFeatures.Names.Zip(VerdictFeatures.Weights, (name, weight) => FormattableString.Invariant($"{name} {weight}")).Append(judge))
                hash.AppendData(Encoding.UTF8.GetBytes(part + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
