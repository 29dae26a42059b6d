namespace Support.Labels;

/// <summary>What a person said of a passage that was found first for a question.</summary>
public enum LabelVerdict : short
{
    Wrong = 0,
    Right = 1,

    /// <summary>Some of it. For the promise that is not right; no model is fitted on it.</summary>
    Partly = 2,
}

/// <summary>Where a label came from. Kept in the table, so a name is never changed.</summary>
public static class LabelSources
{
    /// <summary>
    /// A round of /label: questions drawn at random from real traffic, without looking at how the answer was received. Only these say how often the bot
    /// is wrong, so only they certify.
    /// </summary>
    public const string Round = "round";

    /// <summary>A replay of the owner's history: whoever judges picks from a list, so it is no sample.</summary>
    public const string Replay = "replay";

    /// <summary>The customer pressed a thumb.</summary>
    public const string Thumb = "thumb";

    /// <summary>The customer chose between passages.</summary>
    public const string Choice = "choice";

    /// <summary>A draft was sent unchanged, or something else was written.</summary>
    public const string Admin = "admin";

    /// <summary>The question was made from the documents, before there was traffic. It neither certifies nor calibrates.</summary>
    public const string Suggested = "suggested";

    public static bool IsRepresentative(string source) => source == Round;

    /// <summary>Somebody asked it: it may say how often such answers are right.</summary>
    public static bool IsOfRealQuestion(string source) => source != Suggested;
}

/// <param name="QuestionId">The question it was asked in; null if nobody asked it in a chat.</param>
/// <param name="PassageHash">See <see cref="Labels.PassageHash"/>.</param>
/// <param name="Features">By name, as <see cref="Retrieval.Retrieved"/> had them.</param>
/// <param name="Confidence">Of the model without labels.</param>
/// <param name="KnowledgeChange">The knowledge that the question was asked of.</param>
/// <param name="IsFirst">The passage is the one that was found first; a label of another one waits until it is.</param>
/// <param name="Person">Telegram's id of who said it.</param>
/// <param name="Cut">The question was drawn at random from those with this confidence or more; 0: from all.</param>
/// <param name="Above">The share of the traffic at or above <paramref name="Cut"/>, from 0 to 1.</param>
public sealed record NewLabel(
    long? QuestionId,
    string Question,
    byte[] PassageHash,
    LabelVerdict Verdict,
    string Source,
    IReadOnlyDictionary<string, double> Features,
    double Confidence,
    long KnowledgeChange,
    bool IsFirst,
    long? Person,
    double Cut = 0,
    double Above = 1)
{
    private const long NotAsked = -1;

    /// <summary>Somebody judged it in passing: <see cref="KeepPromises"/> asks the question, and finds out whether the passage is the first one for customers.</summary>
    public static NewLabel ToBeAsked(long question, string text, byte[] passageHash, LabelVerdict verdict, string source, long person) =>
        new(question, text, passageHash, verdict, source, new Dictionary<string, double>(), 0, NotAsked, IsFirst: false, person);
}
