namespace Support.Generation.Grounding;

/// <summary>What the words alone tell of a sentence.</summary>
public enum SupportVerdict
{
    /// <summary>A cited passage says it.</summary>
    Supported,

    /// <summary>Nothing cited says it, or something says the contrary.</summary>
    Unsupported,

    /// <summary>A model has to look, or a person.</summary>
    Unclear,
}

/// <summary>Why a sentence is not supported, or not clearly.</summary>
public enum SupportReason
{
    None,

    /// <summary>It cites nothing that was given to the writer.</summary>
    NoPassage,

    /// <summary>A number, date, price or its unit stands in no cited passage, or stands with other words.</summary>
    Number,

    /// <summary>A name, a code or a word of another alphabet.</summary>
    Name,

    /// <summary>One of both denies.</summary>
    Negation,

    /// <summary>One says the opposite word, or who acts is changed.</summary>
    Opposite,

    /// <summary>A condition, an "only" or a limit was left out or put in.</summary>
    Condition,

    /// <summary>The words stand in another order, so that what belongs to what is not clear.</summary>
    Order,

    /// <summary>Too many of its words stand in no cited passage.</summary>
    Words,
}

/// <param name="Quote">The sentences of the passage that come nearest, verbatim; empty when nothing does.</param>
/// <param name="Passage">The number of that passage; null with an empty quote.</param>
/// <param name="Coverage">From 0 to 1: how much of the sentence's content words the quote holds.</param>
public sealed record SupportedSentence(AnswerSentence Sentence, SupportVerdict Verdict, SupportReason Reason, string Quote, int? Passage, double Coverage);
