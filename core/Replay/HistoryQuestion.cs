namespace Support.Replay;

/// <summary>What a customer asked once, and what a person answered.</summary>
/// <param name="At">When it was asked; null when the file has no date that can be read.</param>
/// <param name="NeedsEyes">There was a picture or a file beside the words.</param>
/// <param name="Answer">All that the staff wrote until the customer wrote again; empty when they sent only a file.</param>
public sealed record HistoryQuestion(DateTimeOffset? At, string Text, bool NeedsEyes, string Answer);

/// <summary>Somebody who answers in this export.</summary>
/// <param name="Name">As Telegram Desktop wrote it; null for a deleted account.</param>
/// <param name="People">To how many different people they replied.</param>
/// <param name="IsStaff">Their replies were taken as the company's.</param>
public sealed record StaffMember(string Id, string? Name, int People, bool IsStaff);

/// <summary>The questions of an export.</summary>
/// <param name="Questions">The newest, newest first.</param>
/// <param name="Found">How many there were in all; of a group, among its newest few thousand.</param>
/// <param name="Staff">Those taken for staff, then others who reply to several people; those with most first.</param>
/// <param name="Chats">Chats with messages that were looked at.</param>
/// <param name="Trouble">What the owner should know: where the file broke off, a name that nobody has. Null for nothing.</param>
public sealed record History(IReadOnlyList<HistoryQuestion> Questions, int Found, IReadOnlyList<StaffMember> Staff, int Chats, long Messages, string? Trouble);
