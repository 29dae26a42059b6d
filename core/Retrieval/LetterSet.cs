using System.Numerics;

namespace Support.Retrieval;

/// <summary>
/// The letters of a word as bits. One edit adds or takes at most two bits, so words whose sets differ in more than
/// 2·k bits are more than k edits apart: this discards nearly all of a collection's words for a nanosecond each,
/// where an index of deletions (SymSpell) would take more memory than the whole ranking.
/// </summary>
internal static class LetterSet
{
    public static ulong Of(ReadOnlySpan<char> word)
    {
        var set = 0UL;
        foreach (var c in word)
            set |= 1UL << (c & 63);
        return set;
    }

    public static bool MayBeWithin(ulong one, ulong other, int edits) => BitOperations.PopCount(one ^ other) <= 2 * edits;
}
