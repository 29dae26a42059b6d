using System.Security.Cryptography;
using Support.Conversations;
using Support.Tenants;

namespace Support.Labels;

/// <summary>/label: a round of questions with the passages found for them, one message that turns to the next question with each press.</summary>
public sealed class LabelCommand(LabelRound round)
{
    public const string Name = "label";

    /// <summary>The first question, looked for before the transaction of the command.</summary>
    /// <returns>Null when the writer may not label.</returns>
    internal async Task<LabelTurn?> TurnAsync(BotInfo bot, IncomingMessage message, DateTimeOffset now, CancellationToken cancellation) => May(bot, message.From.Id, message.Chat.Id)
        ? await round.FirstAsync(bot.Tenant, BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint))), now, cancellation)
        : null;

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var place = await StaffPlace.OfAsync(scope, message, cancellation);
        if (scope.Before.Turn is { InVain: { } last })
        {
            var inVain = LabelMessage.InVainHtml(place.Language, await Promise.ReadAsync(scope.Transaction, cancellation));
            await place.SendAsync(scope, inVain, LabelMessage.InVainButtons(place.Language, last), cancellation);
            return;
        }
        if (scope.Before.Turn is not { Next: { } item })
        {
            await place.SendAsync(scope, Phrases.Html(place.Language, scope.Before.Turn is { IndexFailed: true } ? "index.away" : "label.none"), null, cancellation);
            return;
        }
        var html = LabelMessage.Html(place.Language, item, await Promise.ReadAsync(scope.Transaction, cancellation), await LabelButtons.SuggestedAsync(scope, cancellation));
        await place.SendAsync(scope, html, LabelMessage.Buttons(place.Language, item), cancellation);
    }

    /// <summary>Those who know the answers: the staff, and whoever is in the admins' group.</summary>
    public static bool May(BotInfo bot, long person, long chat) =>
        bot.IsEditor(person) || bot.IsAdmin(person) || chat == bot.AdminsChat;
}
