namespace Support.Replay;

/// <summary>What the desk would have done with a history.</summary>
/// <param name="Found">Questions in the whole file; <paramref name="Questions"/> holds the newest of them, newest first.</param>
/// <param name="AskedBack">Asked back, or between which passages to choose.</param>
/// <param name="Staff">Whose messages were taken as answers, and others who might be.</param>
/// <param name="Trouble">What the owner should know of the file; null for nothing.</param>
public sealed record Replayed(
    IReadOnlyList<ReplayedQuestion> Questions, int Answered, int AskedBack, int HandedOver, int Found, long Messages, int Chats, IReadOnlyList<StaffMember> Staff, string? Trouble)
{
    internal static Replayed Of(History history, IReadOnlyList<ReplayedQuestion> questions)
    {
        var answered = questions.Count(question => question.Decision == "answer");
        var handedOver = questions.Count(question => question.Decision == "escalate");
        return new Replayed(questions, answered, questions.Count - answered - handedOver, handedOver, history.Found, history.Messages, history.Chats, history.Staff, history.Trouble);
    }
}

/// <param name="At">When the customer asked; null when the file does not say.</param>
/// <param name="Decision">answer, ask_back, choose or escalate.</param>
/// <param name="Reason">Why it would be handed over; null otherwise.</param>
/// <param name="Says">What the customer would read; of what is handed over, what would have been said had the desk been surer. Null when there is nothing.</param>
/// <param name="Confidence">As the desk has it now, from 0 to 1.</param>
/// <param name="Passage">The passage that comes first, which a label is about; null when nothing was found, or nothing of it would be shown.</param>
/// <param name="Answered">What the person answered then; empty for a file alone.</param>
/// <param name="Verdict">right, partly or wrong, if that was said before; of a choice chosen or none.</param>
public sealed record ReplayedQuestion(
    DateTimeOffset? At, string Question, string Language, string Decision, string? Reason, string? Says, double Confidence, ReplayedPassage? Passage, string Answered, string? Verdict)
{
    /// <summary>What the customer would choose from, best first; empty for other decisions.</summary>
    public IReadOnlyList<ReplayedChoice> Choices { get; init; } = [];

    /// <summary>The chunk of the choice that was said to be right before.</summary>
    public long? Chosen { get; init; }
}

/// <param name="Chunk">Names the passage when it is labelled.</param>
public sealed record ReplayedPassage(long Chunk, string Source, string Title, string? Link);

/// <param name="Chunk">Names the passage when it is chosen.</param>
/// <param name="Title">As the customer would read it on a button.</param>
public sealed record ReplayedChoice(long Chunk, string Source, string Title);
