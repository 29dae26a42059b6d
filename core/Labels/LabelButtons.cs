using Support.Confidence;
using Support.Conversations;

namespace Support.Labels;

/// <summary>The buttons of /label: right, partly, wrong, skip, enough. The message turns to the next question.</summary>
public sealed class LabelButtons(LabelRound round)
{
    public async Task<bool> PressAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (press.Data.Split(':') is not [LabelMessage.Prefix, var seed, var which, var action, var mark] || LabelKey.Read(seed, which) is not { } key
            || press.Chat is null || press.MessageId is not { } message)
            return false;
        if (!LabelCommand.May(scope, press.From.Id, press.Chat.Id))
        {
            scope.AnswerButton(press.QueryId, null);
            return true;
        }
        var place = await StaffPlace.OfAsync(scope, press.Chat, press.From, press.Thread, cancellation);
        switch (action)
        {
            case "e":
                scope.AnswerButton(press.QueryId, null);
                await EndAsync(scope, place, message, await Promise.ReadAsync(scope.Transaction, cancellation), "label.enough", cancellation);
                break;
            case "s":
                scope.AnswerButton(press.QueryId, null);
                await TurnAsync(scope, place, message, await NextAsync(scope, key, cancellation), await Promise.ReadAsync(scope.Transaction, cancellation), cancellation);
                break;
            default:
                await LabelAsync(scope, place, press, key, Verdict(action), mark, message, cancellation);
                break;
        }
        return true;
    }

    private static LabelVerdict? Verdict(string action) => action switch { "r" => LabelVerdict.Right, "p" => LabelVerdict.Partly, "w" => LabelVerdict.Wrong, _ => null };

    private async Task LabelAsync(UpdateScope scope, StaffPlace place, Incoming.ButtonPressed press, LabelKey key, LabelVerdict? verdict, string mark, long message, CancellationToken cancellation)
    {
        var item = await round.FindAsync(scope.Transaction, key, scope.Now, cancellation);
        if (verdict is null || item?.Mark != mark)
        {
            // What was shown is not what would be labelled.
            scope.AnswerButton(press.QueryId, Phrases.Plain(place.Language, "label.changed"));
            await TurnAsync(scope, place, message, item ?? await NextAsync(scope, key, cancellation), await Promise.ReadAsync(scope.Transaction, cancellation), cancellation);
            return;
        }
        scope.AnswerButton(press.QueryId, null);
        // Looked for before the lock is taken, so that it is held briefly.
        var next = await NextAsync(scope, key, cancellation);
        var locked = await Promise.LockAsync(scope.Transaction, cancellation);
        await LabelStore.AddAsync(scope.Transaction, item.ToLabel(verdict.Value, press.From.Id), scope.Now, cancellation);
        var confidence = await Promise.RenewAsync(scope.Transaction, await Promise.ReadAsync(scope.Transaction, cancellation), locked, told: false, scope.Now, cancellation);
        await TurnAsync(scope, place, message, next, confidence, cancellation);
    }

    private Task<LabelItem?> NextAsync(UpdateScope scope, LabelKey after, CancellationToken cancellation) =>
        round.NextAsync(scope.Transaction, after.Seed, after, scope.Now, cancellation);

    private static async Task TurnAsync(UpdateScope scope, StaffPlace place, long message, LabelItem? next, TenantConfidence confidence, CancellationToken cancellation)
    {
        if (next is null)
            await EndAsync(scope, place, message, confidence, "label.all", cancellation);
        else
            await place.EditAsync(scope, message, LabelMessage.Html(place.Language, next, confidence, await SuggestedAsync(scope, cancellation)), LabelMessage.Buttons(place.Language, next), cancellation);
    }

    private static Task EndAsync(UpdateScope scope, StaffPlace place, long message, TenantConfidence confidence, string phrase, CancellationToken cancellation) =>
        place.EditAsync(scope, message, Phrases.Html(place.Language, phrase) + "\n\n" + LabelMessage.Progress(place.Language, confidence), null, cancellation);

    private const int Most = 1000;

    private const string Suggested =
        """
        select count(*)::int from (select source from label where tenant_id = @tenant and source <> 'round' order by id desc limit @most) newest
        where source = @source
        """;

    /// <summary>How many labels of suggested questions there are.</summary>
    internal static Task<int> SuggestedAsync(UpdateScope scope, CancellationToken cancellation) => scope.Transaction.FirstAsync<int>(
        Suggested, new { tenant = scope.Transaction.Tenant.Value, most = Most, source = LabelSources.Suggested }, cancellation);
}
