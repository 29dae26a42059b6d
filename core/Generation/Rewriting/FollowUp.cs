using Support.Text;

namespace Support.Generation.Rewriting;

/// <summary>Whether a message may refer to what was said before. Most questions do not, and cost no call.</summary>
internal static class FollowUp
{
    // A message of so few words leaves out what was said already, more often than not: "а в Казань?".
    private const int Short = 4;

    // In a longer one "it" mostly refers to something in it.
    private const int Middling = 9;

    private static readonly HashSet<string> Beginnings = new(StringComparer.Ordinal) { "а", "и", "но", "тогда", "значит", "and", "but", "so", "then", "or", "или", "what", "how" };

    private static readonly HashSet<string> References = new(StringComparer.Ordinal)
    {
        "это", "этого", "этому", "этом", "этот", "эта", "эту", "эти", "этих", "его", "ее", "их", "он", "она", "оно", "они", "ему", "ей", "им", "ним", "ней", "нем", "него", "нее", "них", "там", "туда",
        "такой", "такая", "такое", "такие", "то", "тот", "та", "те", "тоже", "также", "it", "its", "that", "this", "these", "those", "they", "them", "their", "there", "he", "she", "him", "her", "one", "ones", "same", "too", "instead", "else",
    };

    private static readonly HashSet<string> WhatAbout = new(StringComparer.Ordinal) { "about", "if" };

    public static bool MayBe(string message)
    {
        var words = Tokenizer.Tokens(message);
        if (words.Count == 0)
            return false;
        var refers = words.Exists(References.Contains);
        if (words.Count <= Short)
            return refers || Beginnings.Contains(words[0]) && IsElliptic(words);
        return words.Count <= Middling && (refers || words[0] is "а" or "and" || words[0] is "what" or "how" && WhatAbout.Contains(words[1]));
    }

    /// <summary>"What is refund?" begins like "what about refunds?" and is whole.</summary>
    private static bool IsElliptic(List<string> words) => words[0] is not ("what" or "how") || words.Count > 1 && WhatAbout.Contains(words[1]);
}
