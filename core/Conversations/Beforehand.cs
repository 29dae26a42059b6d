using Support.Knowledge;
using Support.Labels;
using Support.Questions;
using Support.Tenants;

namespace Support.Conversations;

/// <summary>
/// What an update needs of the index, looked for before its transaction begins: a search may have to wait, and a transaction holds a connection and rows meanwhile.
/// </summary>
public sealed class Beforehand(ChoiceButtons choices, LabelCommand label, LabelButtons labels, ShowAnswer show)
{
    internal async Task<FoundBefore> LookAsync(BotInfo bot, Incoming incoming, DateTimeOffset now, CancellationToken cancellation) => incoming switch
    {
        Incoming.ButtonPressed press => new FoundBefore
        {
            Draft = await choices.DraftAsync(bot.Tenant, press, cancellation),
            Turn = await labels.TurnAsync(bot, press, now, cancellation),
            Shown = await show.AskAsync(bot, press, cancellation),
        },
        Incoming.MessageReceived { Message: { Command: LabelCommand.Name } message } => new FoundBefore { Turn = await label.TurnAsync(bot, message, now, cancellation) },
        _ => FoundBefore.Nothing,
    };
}

internal sealed record FoundBefore
{
    public static readonly FoundBefore Nothing = new();

    /// <summary>What people get if this press calls them.</summary>
    public TicketDraft? Draft { get; init; }

    /// <summary>What /label shows next.</summary>
    public LabelTurn? Turn { get; init; }

    /// <summary>What a customer would be told, which an editor wants to see.</summary>
    public ShownAnswer? Shown { get; init; }
}
