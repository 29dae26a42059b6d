using Support.Conversations;

namespace Support.Tickets;

/// <summary>What a button or a command does to a ticket, and the card that shows it.</summary>
internal static class TicketAction
{
    /// <param name="pressed">The copy of the card the button stood under, if it was one.</param>
    /// <returns>Null for an action that does not exist.</returns>
    public static async Task<Outcome?> RunAsync(
        UpdateScope scope, string action, TicketRow ticket, Colleague person, MessageRef? pressed, string language, CancellationToken cancellation)
    {
        var outcome = action switch
        {
            "take" => await TakeTicket.ByAsync(scope, ticket, person, language, cancellation),
            "send" => await SendDraft.ByAsync(scope, ticket, person, language, cancellation),
            "close" => await CloseTicket.ByAsync(scope, ticket, person, language, cancellation),
            _ => null,
        };
        // The card itself is true already when nothing changed; an older copy of it may not be.
        var pressedCopy = pressed is not null && pressed != ticket.Card;
        if (outcome is not null && (outcome.Changed || pressedCopy))
            await TicketCard.RefreshAsync(scope.Transaction, scope.Bot, scope.Now, ticket.Id, pressed, cancellation);
        if (outcome is { Changed: true } && action == "close")
            await CloseTicket.CloseTopicAsync(scope, ticket, cancellation);
        return outcome;
    }
}
