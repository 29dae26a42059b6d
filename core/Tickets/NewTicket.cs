using Support.Knowledge;
using Support.Retrieval;

namespace Support.Tickets;

/// <summary>The customer's side of a ticket.</summary>
/// <param name="Chat">The customer's private chat, or the group the question was asked in.</param>
/// <param name="Language">What the customer is spoken to in.</param>
/// <param name="ReplyToMessage">In a group: the customer's message that notices reply to.</param>
public sealed record ConversationRef(long Id, long Chat, long Person, string PersonName, string Language, bool InGroup, long? ReplyToMessage);

/// <param name="Reason">One of <see cref="Questions.Reasons"/>.</param>
/// <param name="Question">What the customer wrote, as plain text; empty for a medium without words.</param>
/// <param name="Draft">Plain text that an admin may send with one press; null if there is none.</param>
/// <param name="Passages">What was found, best first.</param>
/// <param name="MessagesToCopy">The customer's messages (Telegram's ids) whose files go to the admins.</param>
public sealed record NewTicket(
    string Reason,
    string Question,
    string? Draft,
    IReadOnlyList<TicketPassage> Passages,
    long? QuestionId,
    IReadOnlyList<long> MessagesToCopy)
{
    /// <summary>The chunk that the draft was made from: what a colleague does with the draft is said of that one.</summary>
    public long? DraftChunk { get; init; }

    /// <summary>HTML that the customer is told first: what was read in pictures and voice messages. Empty if nothing was.</summary>
    public string ReadBack { get; init; } = "";
}

/// <param name="Score">Comparable within one ticket only.</param>
/// <param name="ForStaff">Its document must not reach customers, except in a draft that an admin sends.</param>
public sealed record TicketPassage(string Source, string? Link, string Title, string Text, double Score, bool ForStaff)
{
    private const int Most = 5;

    /// <summary>As many as a card may show, best first.</summary>
    public static IReadOnlyList<TicketPassage> Of(IReadOnlyList<Passage> passages) =>
        [.. passages.Take(Most).Select(p => new TicketPassage(p.Source, p.Link, p.Title, p.Text, p.Score, p.Audience == Audience.Staff))];
}

/// <param name="Number">What people call it; counted per tenant.</param>
/// <param name="SomebodyIsReachable">False: no admin can be written to yet, so the customer was promised nobody.</param>
/// <param name="WasOpen">The conversation had an open ticket: the question was added to it.</param>
public sealed record OpenedTicket(long Id, int Number, bool SomebodyIsReachable, bool WasOpen);

/// <summary>Something a customer wrote while a person has the conversation.</summary>
/// <param name="MessageId">Telegram's id in the customer's chat.</param>
/// <param name="Text">The text or a medium's caption.</param>
/// <param name="IsEdit">A new version of a message that the admins have already.</param>
public sealed record CustomerMessage(long MessageId, string? Text, bool HasMedium, bool IsEdit);
