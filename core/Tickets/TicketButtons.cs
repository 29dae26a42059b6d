using Support.Conversations;

namespace Support.Tickets;

/// <summary>The buttons of cards and lists. Whatever is pressed, the presser is told how it ended.</summary>
public sealed class TicketButtons
{
    /// <returns>False if the button is not a ticket's.</returns>
    public async Task<bool> HandleAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (!ButtonData.IsOurs(press.Data))
            return false;
        scope.AnswerButton(press.QueryId, await NoticeAsync(scope, press, cancellation));
        return true;
    }

    private static async Task<string> NoticeAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (MayPress(scope, press)
            && ButtonData.Read(press.Data) is var (id, action)
            && await TicketRow.LockAsync(scope.Transaction, id, cancellation) is { } ticket)
        {
            var language = await AdminsLanguage.FindAsync(scope.Transaction, ticket.Language, cancellation);
            if (action == "show")
                return await ShowCard.InAsync(scope, ticket, press, language, cancellation);
            var person = await Colleague.RememberAsync(scope.Transaction, press.From, cancellation);
            if (await TicketAction.RunAsync(scope, action, ticket, person, Card(press), language, cancellation) is { } outcome)
                return outcome.Notice;
        }
        return Phrases.Plain(await AdminsLanguage.FindAsync(scope.Transaction, press.From, cancellation), "ticket.outdated");
    }

    /// <summary>Button data can be made up, so the place or the person must be right. Who is in the admins' group is an admin there.</summary>
    private static bool MayPress(UpdateScope scope, Incoming.ButtonPressed press) =>
        scope.Bot.IsAdmin(press.From.Id) || (press.Chat is { } chat && chat.Id == scope.Bot.AdminsChat);

    private static MessageRef? Card(Incoming.ButtonPressed press) =>
        press is { Chat.Id: var chat, MessageId: { } message } ? new MessageRef(chat, message) : null;
}
