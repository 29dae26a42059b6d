using Support.Conversations;
using Support.Questions.Reading;

namespace Support.Questions;

/// <summary>Messages that came together are one question; what is not text is told apart.</summary>
public static class QuestionText
{
    /// <summary>What was written and what was read in pictures and voice messages.</summary>
    public static string Join(IEnumerable<PendingMessage> messages) => JoinLines(messages.SelectMany(message => new[] { message.Text, message.Reading }));

    /// <summary>The same for people: what was read is marked as such.</summary>
    public static string ForPeople(IEnumerable<PendingMessage> messages) =>
        JoinLines(messages.SelectMany(message => new[] { message.Text, string.IsNullOrEmpty(message.Reading) ? null : MarkOf(message) + message.Reading }));

    /// <summary>A medium says something that a text beside it does not. Stickers and animations say nothing.</summary>
    public static bool HasFile(PendingMessage message) =>
        message.Medium is { } medium && medium.Kind is not (MediumKind.Sticker or MediumKind.Animation);

    /// <summary>Nobody has read what the medium says: a person must look.</summary>
    public static bool NeedsEyes(PendingMessage message) => HasFile(message) && string.IsNullOrEmpty(message.Reading);

    private static string JoinLines(IEnumerable<string?> texts) => string.Join('\n', texts.Select(text => text?.Trim()).Where(text => !string.IsNullOrEmpty(text)));

    private static string MarkOf(PendingMessage message) => message.Medium is { } medium && Speech.Is(medium.Kind) ? "🎙 " : "🖼 ";
}

/// <summary>A customer's message that no question and no ticket has taken up yet.</summary>
public sealed record PendingMessage(long Id, long MessageId, string? Text, Medium? Medium, bool IsEdit)
{
    /// <summary>What was read in the medium; empty if nothing was to be read there; null if it has not been read.</summary>
    public string? Reading { get; init; }
}
