using Support.Confidence;
using Support.Conversations;
using Support.Tenants;

namespace Support.Labels;

/// <summary>The buttons of /label: right, partly, wrong, skip, enough. The message turns to the next question.</summary>
public sealed class LabelButtons(LabelRound round)
{
    private const string Enough = "e";
    private const string Skip = "s";

    /// <summary>What the press turns to, looked for before its transaction begins.</summary>
    /// <returns>Null when it turns to nothing.</returns>
    internal async Task<LabelTurn?> TurnAsync(BotInfo bot, Incoming.ButtonPressed press, DateTimeOffset now, CancellationToken cancellation) =>
        Read(press.Data) is not var (key, action, _) || action == Enough || press.Chat is null || !LabelCommand.May(bot, press.From.Id, press.Chat.Id) ? null
        : action == Skip ? await round.SkippedAsync(bot.Tenant, key, now, cancellation)
        : await round.JudgedAsync(bot.Tenant, key, now, cancellation);

    public async Task<bool> PressAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (Read(press.Data) is not var (_, action, mark) || press.Chat is null || press.MessageId is not { } message)
            return false;
        if (!LabelCommand.May(scope.Bot, press.From.Id, press.Chat.Id))
        {
            scope.AnswerButton(press.QueryId, null);
            return true;
        }
        var place = await StaffPlace.OfAsync(scope, press.Chat, press.From, press.Thread, cancellation);
        switch (action)
        {
            case Enough:
                scope.AnswerButton(press.QueryId, null);
                await EndAsync(scope, place, message, await Promise.ReadAsync(scope.Transaction, cancellation), "label.enough", cancellation);
                break;
            case var _ when scope.Before.Turn is not { IndexFailed: false }:
                scope.AnswerButton(press.QueryId, Phrases.Plain(place.Language, "index.away"), alert: true);
                break;
            case Skip:
                scope.AnswerButton(press.QueryId, null);
                await TurnAsync(scope, place, message, scope.Before.Turn, await Promise.ReadAsync(scope.Transaction, cancellation), cancellation);
                break;
            default:
                await LabelAsync(scope, place, press, scope.Before.Turn, Verdict(action), mark, message, cancellation);
                break;
        }
        return true;
    }

    private static (LabelKey Key, string Action, string Mark)? Read(string data) =>
        data.Split(':') is [LabelMessage.Prefix, var seed, var which, var action, var mark] && LabelKey.Read(seed, which) is { } key ? (key, action, mark) : null;

    private static LabelVerdict? Verdict(string action) => action switch { "r" => LabelVerdict.Right, "p" => LabelVerdict.Partly, "w" => LabelVerdict.Wrong, _ => null };

    private static async Task LabelAsync(UpdateScope scope, StaffPlace place, Incoming.ButtonPressed press, LabelTurn turn, LabelVerdict? verdict, string mark, long message, CancellationToken cancellation)
    {
        var item = turn.Named;
        if (verdict is null || item?.Mark != mark)
        {
            // What was shown is not what would be labelled.
            scope.AnswerButton(press.QueryId, Phrases.Plain(place.Language, "label.changed"));
            await TurnAsync(scope, place, message, item is null ? turn : new LabelTurn { Next = item }, await Promise.ReadAsync(scope.Transaction, cancellation), cancellation);
            return;
        }
        scope.AnswerButton(press.QueryId, null);
        var locked = await Promise.LockAsync(scope.Transaction, cancellation);
        await LabelStore.AddAsync(scope.Transaction, item.ToLabel(verdict.Value, press.From.Id), scope.Now, cancellation);
        var confidence = await Promise.RenewAsync(scope.Transaction, await Promise.ReadAsync(scope.Transaction, cancellation), locked, told: false, scope.Now, cancellation);
        await TurnAsync(scope, place, message, turn, confidence, cancellation);
    }

    private static async Task TurnAsync(UpdateScope scope, StaffPlace place, long message, LabelTurn turn, TenantConfidence confidence, CancellationToken cancellation)
    {
        if (turn.InVain is { } last)
            await place.EditAsync(scope, message, LabelMessage.InVainHtml(place.Language, confidence), LabelMessage.InVainButtons(place.Language, last), cancellation);
        else if (turn.Next is not { } next)
            await EndAsync(scope, place, message, confidence, "label.all", cancellation);
        else
            await place.EditAsync(scope, message, LabelMessage.Html(place.Language, next, confidence, await SuggestedAsync(scope, cancellation)), LabelMessage.Buttons(place.Language, next), cancellation);
    }

    private static Task EndAsync(UpdateScope scope, StaffPlace place, long message, TenantConfidence confidence, string phrase, CancellationToken cancellation) =>
        place.EditAsync(scope, message, Phrases.Html(place.Language, phrase) + "\n\n" + LabelMessage.Progress(place.Language, confidence), null, cancellation);

    private const int Most = 1000;

    private const string Suggested =
        $"""
        select count(*)::int from (select source from label where tenant_id = @tenant and source <> '{LabelSources.Round}' order by id desc limit @most) newest
        where source = @source
        """;

    /// <summary>How many labels of suggested questions there are.</summary>
    internal static Task<int> SuggestedAsync(UpdateScope scope, CancellationToken cancellation) => scope.Transaction.FirstAsync<int>(
        Suggested, new { tenant = scope.Transaction.Tenant.Value, most = Most, source = LabelSources.Suggested }, cancellation);
}
