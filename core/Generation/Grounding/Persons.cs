namespace Support.Generation.Grounding;

/// <summary>Who acts, by the ending of a Russian verb: "заберём" is not "заберёте", though both have one stem.</summary>
internal static class Persons
{
    public static bool Differ(WordMatch match) =>
        match.Matches.Any(one => Of(one.Word.Text) is { } person && one.Found.Count > 0 && one.Found.All(found => Of(found.Text) is { } other && other != person));

    private static bool? Of(string folded) =>
        folded.EndsWith("ете", StringComparison.Ordinal) || folded.EndsWith("ите", StringComparison.Ordinal) || folded.EndsWith("йте", StringComparison.Ordinal) ? true
        : folded.EndsWith("ем", StringComparison.Ordinal) || folded.EndsWith("им", StringComparison.Ordinal) ? false
        : null;
}
