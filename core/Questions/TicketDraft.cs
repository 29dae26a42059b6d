using Support.Tickets;

namespace Support.Questions;

/// <summary>What people are handed with a question whose customer has read no answer: what the staff may read of it, and a draft.</summary>
/// <param name="Text">Null when there is nothing to draft from.</param>
/// <param name="Chunk">What it was made from.</param>
/// <param name="Passages">Documents for staff included, best first.</param>
public sealed record TicketDraft(string? Text, long? Chunk, IReadOnlyList<TicketPassage> Passages);
