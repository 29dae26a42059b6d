using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>What happened after a number, for a page that follows the chats. Pass <paramref name="Next"/> as the next "since".</summary>
internal sealed record ChangePage(long Next)
{
    /// <summary>New and edited messages (those have edit_date), in the order things happened.</summary>
    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>Answered callbacks.</summary>
    public IReadOnlyList<PressedButton> Notices { get; init; } = [];

    public IReadOnlyList<TypingShown> Typing { get; init; } = [];

    public IReadOnlyList<DraftShown> Drafts { get; init; } = [];

    public IReadOnlyList<RemovedMessage> Removed { get; init; } = [];

    public static ChangePage Of(long next, IReadOnlyList<Change> changes) => new(next)
    {
        Messages = [.. changes.OfType<Change.Wrote>().Select(change => change.Message)],
        Notices = [.. changes.OfType<Change.Noticed>().Select(change => change.Button)],
        Typing = [.. changes.OfType<Change.Typed>().Select(typed => new TypingShown(typed.Chat, typed.Thread, typed.Action, typed.Until.ToUnixTimeMilliseconds()))],
        Drafts = [.. changes.OfType<Change.Drafted>().Select(draft => new DraftShown(draft.Chat, draft.DraftId, draft.Text.Text, draft.Text.Entities, draft.Until.ToUnixTimeMilliseconds()))],
        Removed = [.. changes.OfType<Change.Removed>().Select(removed => new RemovedMessage(removed.Chat, removed.MessageId))],
    };
}

/// <param name="Until">In Unix milliseconds.</param>
internal sealed record TypingShown(long Chat, long? Thread, string Action, long Until);

/// <param name="Until">In Unix milliseconds.</param>
internal sealed record DraftShown(long Chat, long DraftId, string Text, IReadOnlyList<MessageEntity> Entities, long Until);

internal sealed record RemovedMessage(long Chat, long MessageId);
