using System.Text.RegularExpressions;
using Support.Generation.Grounding;

namespace Support.Generation.Writing;

/// <summary>What of an answer nothing that is still to come can change: sentences that are over and have their citations.</summary>
internal static partial class SettledAnswer
{
    /// <param name="soFar">An answer that ends anywhere.</param>
    /// <returns>Its beginning, with citations; empty where nothing is settled.</returns>
    public static string Of(string soFar)
    {
        // The last one may go on, and have a citation more behind it.
        soFar = HalfCitation().Replace(soFar, "");
        var over = AnswerSentences.Split(soFar, []).SkipLast(1).ToList();
        var last = over.FindLastIndex(sentence => sentence.CitesItself);
        return last < 0 ? "" : soFar[..over[last].Place.End.GetOffset(soFar.Length)];
    }

    [GeneratedRegex(@"\s*\[[0-9,; ]*$")]
    private static partial Regex HalfCitation();
}
