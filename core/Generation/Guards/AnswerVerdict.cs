using Support.Generation.Grounding;

namespace Support.Generation.Guards;

/// <summary>Why an answer may not be sent.</summary>
public enum GuardReason
{
    FalsePromise,
    ForeignLink,
    PromptLeak,

    /// <summary>A sentence that no cited passage says.</summary>
    Unsupported,
    WrongLanguage,

    /// <summary>It cites a passage that the writer was not given, or none at all.</summary>
    ForgedCitation,
    InventedPlaceholder,
}

/// <param name="Words">What was found. Of the answer: not for a log.</param>
public sealed record GuardFinding(GuardReason Reason, string Words);

/// <param name="Text">What the customer would see: personal data put back, citations still in it.</param>
/// <param name="Findings">Empty when nothing speaks against sending it.</param>
/// <param name="Sentences">With their verdicts; those that are unclear want a second look.</param>
public sealed record AnswerVerdict(string Text, IReadOnlyList<GuardFinding> Findings, IReadOnlyList<SupportedSentence> Sentences)
{
    public bool IsRefused => Findings.Count > 0;

    /// <summary>Neither supported nor refused by words alone.</summary>
    public IEnumerable<SupportedSentence> Unclear => Sentences.Where(sentence => sentence.Verdict == SupportVerdict.Unclear);

    public bool Has(GuardReason reason) => Findings.Any(finding => finding.Reason == reason);
}
