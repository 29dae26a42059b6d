using Support.Conversations;
using Support.Tenants;

namespace Support.Questions;

/// <summary>The buttons under "Which do you mean?": "a:12:pick:0" and "a:12:none". Anybody could send such data; what it may do is <see cref="TakeChoice"/>'s to say.</summary>
public sealed class ChoiceButtons(TakeChoice choices)
{
    /// <summary>What the press will need, looked for before its transaction begins.</summary>
    /// <returns>Null when it needs nothing.</returns>
    public async Task<TicketDraft?> DraftAsync(TenantId tenant, Incoming.ButtonPressed press, CancellationToken cancellation) =>
        Read(press.Data) is (var question, ShownPassages.NoneOfThese) && press.Chat is { } chat
            ? await choices.DraftAsync(tenant, question, chat.Id, press.From.Id, cancellation)
            : null;

    /// <returns>False if the button is not one of a choice.</returns>
    public async Task<bool> HandleAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (Read(press.Data) is not var (question, chosen) || press.Chat is null)
            return false;
        var taken = await choices.InsideAsync(scope, question, press.Chat.Id, press.From.Id, chosen, press.MessageId, scope.Before.Draft, cancellation);
        scope.AnswerButton(press.QueryId, taken is ChoiceTaken.WithPerson person ? Phrases.Plain(person.Language, "choose.person") : null, alert: taken is ChoiceTaken.WithPerson);
        return true;
    }

    private static (long Question, int Chosen)? Read(string data) => data.Split(':') switch
    {
        ["a", var id, "pick", var place] when long.TryParse(id, out var question) && int.TryParse(place, out var chosen) && chosen >= 0 => (question, chosen),
        ["a", var id, "none"] when long.TryParse(id, out var question) => (question, ShownPassages.NoneOfThese),
        _ => null,
    };
}
