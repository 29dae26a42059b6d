using Support.Generation.Grounding;
using Support.Retrieval;

namespace Support.Generation.Writing;

/// <summary>What became of an answer that a model was to write.</summary>
public abstract record Written
{
    private Written() { }

    /// <summary>Every sentence that the model wrote for it, those of a try that was refused included.</summary>
    public IReadOnlyList<WrittenSentence> Sentences { get; init; } = [];

    /// <param name="Text">Plain text. Where several passages are cited, [1] is the first of <paramref name="Cited"/>, and so on; of one nothing is cited by number.</param>
    /// <param name="Cited">At least one, in the order of their numbers.</param>
    public sealed record Answered(string Text, IReadOnlyList<Passage> Cited) : Written;

    /// <summary>The passages do not state the answer.</summary>
    /// <param name="Missing">In the model's words; for people only, and only beside the question.</param>
    public sealed record NotAnswerable(string Missing) : Written;

    /// <summary>Twice it said what it must not.</summary>
    /// <param name="Why">The names of what was wrong, as in "unsupported".</param>
    public sealed record Refused(string Why) : Written;

    /// <summary>No model gave anything.</summary>
    public sealed record Failed : Written;
}

/// <param name="ByWords">What its words alone tell.</param>
/// <param name="IsSupported">By its words, or as a model has shown. Null where words do not settle it and no model was asked, because the answer was refused for something else.</param>
public sealed record WrittenSentence(SupportVerdict ByWords, bool? IsSupported);
