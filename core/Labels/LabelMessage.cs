using Support.Confidence;
using Support.Conversations;
using Support.Generation;
using Support.Tickets;

namespace Support.Labels;

/// <summary>One question of /label as people see it. The confidence is not shown: who knows it agrees with it.</summary>
internal static class LabelMessage
{
    public const string Prefix = "lb";

    // Together with escapes far below what one message may hold.
    private const int LongestQuestion = 700;
    private const int LongestTitle = 200;
    private const int LongestPassage = 1800;

    public static string Html(string language, LabelItem item, TenantConfidence confidence, int suggested)
    {
        var parts = new List<string> { Phrases.Html(language, "label.question") };
        if (item.Key.Kind == LabelKind.Suggested)
            parts.Add(Phrases.Html(language, "label.suggested"));
        if (item.Key.Kind == LabelKind.Again)
            parts.Add(Phrases.Html(language, "label.again"));
        parts.Add("❓ " + Excerpt.Html(item.Question, LongestQuestion));
        var passage = item.Passage;
        // Of a long passage what bears on the question, as a customer would be shown it.
        var source = passage.Title.StartsWith(passage.Source, StringComparison.Ordinal) ? "" : $"\n<i>{Excerpt.Html(passage.Source, LongestTitle)}</i>";
        parts.Add($"📄 <b>{Excerpt.Html(passage.Title, LongestTitle)}</b>\n{Excerpt.Html(ExtractiveAnswer.Write(item.Question, passage, item.Found.Thesaurus), LongestPassage)}{source}");
        parts.Add((item.Key.Kind == LabelKind.Suggested ? Phrases.Html(language, "label.progress.suggested", suggested) : "") + Progress(language, confidence));
        return string.Join("\n\n", parts);
    }

    /// <summary>"12 labelled · 21 more for a certificate at 10%".</summary>
    public static string Progress(string language, TenantConfidence confidence)
    {
        var target = Percent.Of(language, confidence.Target);
        return confidence.Certificate switch
        {
            { State: CertificateState.Certified } certificate => Phrases.Html(language, "label.progress.certified", certificate.Labels, target),
            { State: CertificateState.Suspended } certificate => Phrases.Html(language, "label.progress.suspended", certificate.Labels, target, certificate.UntilNextLook),
            { } certificate => Phrases.Html(language, "label.progress.missing", certificate.Labels, certificate.Missing, target),
            null => Phrases.Html(language, "label.progress.missing", 0, FixedSequence.FewestLabels(confidence.Target), target),
        };
    }

    public static Keyboard Buttons(string language, LabelItem item)
    {
        Button Of(string what, string action) => new(Phrases.Plain(language, "button.label." + what), $"{Prefix}:{item.Key}:{action}:{item.Mark}");
        return Keyboard.Of([Of("right", "r"), Of("partly", "p"), Of("wrong", "w")], [Of("skip", "s"), Of("enough", "e")]);
    }

    public static string InVainHtml(string language, TenantConfidence confidence) =>
        Phrases.Html(language, "label.in.vain", LabelRound.MostTries) + "\n\n" + Progress(language, confidence);

    /// <summary>To go on is to skip the last one that was looked at.</summary>
    public static Keyboard InVainButtons(string language, LabelKey last)
    {
        Button Of(string what, string action) => new(Phrases.Plain(language, "button.label." + what), $"{Prefix}:{last}:{action}:");
        return Keyboard.Of([Of("go.on", "s"), Of("enough", "e")]);
    }
}
