using Support.Conversations;

namespace Support.Questions;

/// <summary>Messages that came together are one question; what is not text is told apart.</summary>
public static class QuestionText
{
    public static string Join(IEnumerable<PendingMessage> messages) =>
        string.Join('\n', messages.Select(m => m.Text?.Trim()).Where(t => !string.IsNullOrEmpty(t)));

    /// <summary>A medium the desk cannot read says something that a text beside it does not: a person must look. Stickers and animations say nothing.</summary>
    public static bool NeedsEyes(PendingMessage message) =>
        message.Medium is { } medium && medium.Kind is not (MediumKind.Sticker or MediumKind.Animation);
}

/// <summary>A customer's message that no question and no ticket has taken up yet.</summary>
public sealed record PendingMessage(long Id, long MessageId, string? Text, Medium? Medium, bool IsEdit);
