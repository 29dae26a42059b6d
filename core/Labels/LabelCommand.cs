using System.Security.Cryptography;
using Support.Conversations;

namespace Support.Labels;

/// <summary>/label: a round of questions with the passages found for them, one message that turns to the next question with each press.</summary>
public sealed class LabelCommand(LabelRound round)
{
    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var place = await StaffPlace.OfAsync(scope, message, cancellation);
        var seed = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        if (await round.NextAsync(scope.Transaction, seed, null, scope.Now, cancellation) is not { } item)
        {
            await place.SendAsync(scope, Phrases.Html(place.Language, "label.none"), null, cancellation);
            return;
        }
        var html = LabelMessage.Html(place.Language, item, await Promise.ReadAsync(scope.Transaction, cancellation), await LabelButtons.SuggestedAsync(scope, cancellation));
        await place.SendAsync(scope, html, LabelMessage.Buttons(place.Language, item), cancellation);
    }

    /// <summary>Those who know the answers: the staff, and whoever is in the admins' group.</summary>
    public static bool May(UpdateScope scope, long person, long chat) =>
        scope.Bot.IsEditor(person) || scope.Bot.IsAdmin(person) || chat == scope.Bot.AdminsChat;
}
