using Support.Text;

namespace Support.Generation.Guards;

/// <summary>Only the letters and digits of a text, folded, look-alikes as one letter and digits that stand for letters ("1gn0re") as these: for comparing, never for reading.</summary>
internal static class Skeleton
{
    public static string Of(string text)
    {
        var seen = LookAlikes.ToLatin(Folding.Fold(SeenText.Of(text).Text));
        var kept = new char[seen.Length];
        var length = 0;
        foreach (var c in seen)
            if (char.IsLetterOrDigit(c))
                kept[length++] = Leet.Letter(c);
        return new string(kept, 0, length);
    }
}
