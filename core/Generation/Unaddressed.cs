using System.Collections.Concurrent;
using Support.Generation.Guards;

namespace Support.Generation;

/// <summary>Texts of documents without what speaks to a model, remembered: finding it takes longer than all else that is done to a passage, and passages come again.</summary>
internal static class Unaddressed
{
    // Some ten megabytes of chunks, and forty at most.
    private const int MostKept = 4_096;
    private const int LongestKept = 4_096;

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Of(string text)
    {
        if (text.Length is 0 or > LongestKept)
            return InjectionSigns.WithoutAddressed(text);
        if (Known.TryGetValue(text, out var known))
            return known;
        if (Known.Count >= MostKept)
            Known.Clear();
        return Known[text] = InjectionSigns.WithoutAddressed(text);
    }
}
