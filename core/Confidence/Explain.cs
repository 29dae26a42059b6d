using Support.Conversations;

namespace Support.Confidence;

/// <summary>
/// Turns the numbers behind a confidence into sentences. They say what the passage is like when the feature speaks for it, and when it speaks against
/// it; Texts/*.json has "why.NAME.for" and "why.NAME.against" for each feature. Plain text: whoever sends it escapes it, for it quotes the question.
/// </summary>
public static class Explain
{
    private const int MostWords = 4;

    // Features that fall when a word of the question is not there: the word says it better.
    private static readonly string[] OfWords = ["score", "words", ConfidenceFeatures.Known, ConfidenceFeatures.Topic, ConfidenceFeatures.Coverage];

    /// <summary>Every feature, whichever model it is of: what the passage has of the question's words first, then by what it weighed.</summary>
    /// <param name="features">By name, as <see cref="Retrieval.Retrieved"/> had them.</param>
    /// <param name="shares">See <see cref="Retrieval.Retrieved.Shares"/>; null for questions that were asked before they were kept.</param>
    public static IReadOnlyList<Because> Of(
        IReadOnlyDictionary<string, double> features, IReadOnlyDictionary<string, double>? shares, IReadOnlyList<string> found, IReadOnlyList<string> missing, string language)
    {
        var reasons = features.Select(feature =>
        {
            var share = shares is not null && shares.TryGetValue(feature.Key, out var known) ? known : (double?)null;
            return new Because(feature.Key, feature.Value, share, Sentence(feature.Key, share, found, missing, language));
        });
        return [.. reasons.OrderByDescending(reason => reason.Name == ConfidenceFeatures.Coverage).ThenByDescending(reason => Math.Abs(reason.Share ?? 0))];
    }

    /// <summary>What speaks most against the passage, in a few words; null when nothing does.</summary>
    public static string? Doubt(IReadOnlyDictionary<string, double>? shares, IReadOnlyList<string> missing, string language)
    {
        var strongest = shares?.Where(share => share.Value < 0).OrderBy(share => share.Value).Select(share => share.Key).FirstOrDefault();
        if (missing.Count > 0 && (strongest is null || OfWords.Contains(strongest)))
            return missing is [var only]
                ? Phrases.Plain(language, "why.word.missing", only)
                : Phrases.Plain(language, "why.words.missing", Listed(missing, language));
        return strongest is not null && Phrases.Has($"why.{strongest}.against") ? Phrases.Plain(language, $"why.{strongest}.against") : null;
    }

    private static string Sentence(string name, double? share, IReadOnlyList<string> found, IReadOnlyList<string> missing, string language)
    {
        if (name == ConfidenceFeatures.Coverage && found.Count + missing.Count > 0)
            return OfWordsAsked(found, missing, language);
        var key = $"why.{name}.{(share < 0 ? "against" : "for")}";
        // Of a feature that nothing is written about, or of which it is not known what it weighed, the name and the value must do.
        return share is not null && Phrases.Has(key) ? Phrases.Plain(language, key) : name;
    }

    private static string OfWordsAsked(IReadOnlyList<string> found, IReadOnlyList<string> missing, string language) =>
        missing.Count == 0 ? Phrases.Plain(language, "why.words.found", Listed(found, language))
        : found.Count == 0 ? Phrases.Plain(language, "why.words.missing.all")
        : Phrases.Plain(language, "why.words.missing.some", Listed(missing, language), missing.Count, found.Count + missing.Count);

    private static string Listed(IReadOnlyList<string> words, string language) =>
        string.Join(", ", words.Take(MostWords).Select(word => Phrases.Plain(language, "why.quoted", word))) + (words.Count > MostWords ? " …" : "");
}

/// <summary>Why a confidence is what it is, one feature of it.</summary>
/// <param name="Share">What it adds to the log-odds, or takes; null when that was not kept.</param>
/// <param name="Sentence">Plain text, a part of a sentence: no capital at its beginning, no full stop.</param>
public sealed record Because(string Name, double Value, double? Share, string Sentence);
