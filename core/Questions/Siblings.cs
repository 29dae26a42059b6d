using Support.Confidence;
using Support.Knowledge;
using Support.Retrieval;
using Support.Text;

namespace Support.Questions;

/// <summary>
/// Passages that a question fits nearly alike and whose titles differ: their scores cannot tell which one is meant, the customer can. Parts of
/// one page stand under one title and count once, as their best.
/// </summary>
public static class Siblings
{
    /// <summary>More buttons than this are read by nobody.</summary>
    public const int Most = 3;

    // Distances are shares of the best score. Where the confidence is enough for an answer, asking costs the customer a press, so only what cannot
    // be told apart is asked. Where it is not, the alternative is to wait for a person, and the right passage is often the second or third.
    public const double DistanceWhenSure = .15;
    public const double DistanceWhenUnsure = .6;

    /// <summary>
    /// What the first passage must hold of the question (the feature "coverage") to be worth a choice where it is not sure; between the two, the confidence
    /// must not be nothing either, and the documents must know near half of what is asked (the feature "known"). Below, they are about something else, and a
    /// person is asked at once. See the table in docs/retrieval.md.
    /// </summary>
    public const double EnoughCoverage = .5;
    public const double LeastCoverage = .25;
    public const double LeastConfidence = .03;
    public const double LeastKnown = .45;

    private const int WordsOfText = 8;

    /// <summary>Those to choose from, best first; empty when there is nothing to choose.</summary>
    /// <param name="isSure">The confidence is enough to answer.</param>
    /// <param name="found">From what customers may read.</param>
    public static IReadOnlyList<Passage> ToChooseFrom(Retrieved found, bool isSure)
    {
        if (isSure && SaysTitle(found))
            return [];
        if (!isSure && !IsAboutThis(found))
            return [];
        return Of(found.Passages, isSure ? DistanceWhenSure : DistanceWhenUnsure) is { Count: > 1 } siblings ? siblings : [];
    }

    private static bool IsAboutThis(Retrieved found) => found.Features.GetValueOrDefault(ConfidenceFeatures.Coverage) switch
    {
        >= EnoughCoverage => true,
        >= LeastCoverage => found.Confidence >= LeastConfidence && found.Features.GetValueOrDefault(ConfidenceFeatures.Known, 1) >= LeastKnown,
        _ => false,
    };

    /// <summary>Whoever writes the first one's title word for word has said which is meant, however close "… to the islands?" comes.</summary>
    private static bool SaysTitle(Retrieved found)
    {
        var title = found.Passages[0].Title;
        return Tokenizer.Tokens(title).SequenceEqual(found.Read) || Tokenizer.Tokens(ChunkDraft.LastHeading(title)).SequenceEqual(found.Read);
    }

    /// <summary>The first passage and those of other titles that come close to it, best first, one for each title. What is for staff is never among them.</summary>
    /// <param name="distance">How far below the first one's score, as a share of it.</param>
    public static IReadOnlyList<Passage> Of(IReadOnlyList<Passage> found, double distance = DistanceWhenUnsure)
    {
        var siblings = new List<Passage>(Most);
        var titles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var passage in found)
        {
            if (siblings.Count == Most || siblings.Count > 0 && passage.Score < siblings[0].Score * (1 - distance))
                break;
            if (passage.Audience == Audience.Customers && titles.Add(string.Join(' ', Tokenizer.Tokens(TitleOf(passage.Title, passage.Text, passage.Source)))))
                siblings.Add(passage);
        }
        return siblings;
    }

    /// <summary>What the passages are called beside each other: headings that all of them stand under are left out.</summary>
    public static IReadOnlyList<string> TitlesOf(IReadOnlyList<Passage> among)
    {
        var paths = among.Select(passage => TitleOf(passage.Title, passage.Text, passage.Source).Split(ChunkDraft.BetweenHeadings)).ToList();
        var common = 0;
        while (paths.Count > 0 && paths.TrueForAll(path => path.Length > common + 1 && path[common] == paths[0][common]))
            common++;
        return [.. paths.Select(path => string.Join(ChunkDraft.BetweenHeadings, path.Skip(common)))];
    }

    /// <summary>What a passage is called: its title; without one its first words, else its source.</summary>
    public static string TitleOf(string title, string text, string source)
    {
        if (!string.IsNullOrWhiteSpace(title))
            return title.Trim();
        var words = text.Split((char[]?)null, WordsOfText + 1, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? source
            : words.Length <= WordsOfText ? string.Join(' ', words)
            : string.Join(' ', words.Take(WordsOfText)).TrimEnd('.', ',', ';', ':', '-', '–', '—') + "…";
    }
}
