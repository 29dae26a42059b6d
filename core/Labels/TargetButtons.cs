using System.Globalization;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Conversations;
using Support.Questions;

namespace Support.Labels;

/// <summary>The buttons under a certificate. Only the presses count of those who may choose.</summary>
public sealed class TargetButtons(IOptions<ConfidenceOptions> options)
{
    private const string Prefix = "tg";

    private static readonly double[] Targets = [.05, .1, .2];

    public async Task<bool> PressAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (press.Data.Split(':') is not [Prefix, var what] || press.Chat is null || press.MessageId is not { } message)
            return false;
        var place = await StaffPlace.OfAsync(scope, press.Chat, press.From, press.Thread, cancellation);
        if (!TargetCommand.MayChoose(scope, press.From.Id))
        {
            scope.AnswerButton(press.QueryId, Phrases.Plain(place.Language, "target.only.owner"));
            return true;
        }
        scope.AnswerButton(press.QueryId, null);
        if (Choice(what) is not { } choice)
            return true;
        await Promise.ChooseAsync(scope.Transaction, choice, press.From.Id, scope.Now, cancellation);
        var (html, buttons) = await ShownAsync(scope, place.Language, mayChoose: true, options.Value, cancellation);
        await place.EditAsync(scope, message, html, buttons, cancellation);
        return true;
    }

    private static Func<TenantConfidence, TenantConfidence>? Choice(string what) => what switch
    {
        "fixed" => before => before with { Mode = PromiseMode.Fixed, Fixed = TenantConfidence.ClassicThreshold },
        "people" => before => before with { Mode = PromiseMode.People },
        "while-default" => before => before with { Mode = PromiseMode.Promise, PeopleWhenSuspended = false },
        "while-people" => before => before with { Mode = PromiseMode.Promise, PeopleWhenSuspended = true },
        _ => int.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 50
            ? before => before with { Mode = PromiseMode.Promise, Target = percent / 100.0 }
            : null,
    };

    internal static async Task<(string Html, Keyboard? Buttons)> ShownAsync(UpdateScope scope, string language, bool mayChoose, ConfidenceOptions options, CancellationToken cancellation)
    {
        var (knowledge, confidence) = await DeskNow.ReadAsync(scope.Transaction, cancellation);
        var html = CertificateText.Html(language, confidence, options, knowledge) + "\n\n" + Phrases.Html(language, mayChoose ? "target.how.owner" : "target.how");
        return (html, mayChoose ? Buttons(language, confidence) : null);
    }

    private static Keyboard Buttons(string language, TenantConfidence confidence)
    {
        var rows = new List<Button[]>();
        if (confidence is { Mode: PromiseMode.Promise, State: CertificateState.Suspended })
            rows.Add(WhenSuspended(language, confidence));
        rows.Add([.. Targets.Select(target => Of(
            Percent.Of(language, target), ((int)(target * 100)).ToString(CultureInfo.InvariantCulture), confidence.Mode == PromiseMode.Promise && Math.Abs(confidence.Target - target) < 1e-9))]);
        rows.Add([Of(Phrases.Plain(language, "button.target.fixed", Percent.Threshold(language, TenantConfidence.ClassicThreshold)), "fixed",
            confidence is { Mode: PromiseMode.Fixed, Fixed: TenantConfidence.ClassicThreshold })]);
        rows.Add([Of(Phrases.Plain(language, "button.target.people"), "people", confidence.Mode == PromiseMode.People)]);
        return Keyboard.Of([.. rows]);
    }

    /// <summary>What holds until the promise can be kept again.</summary>
    internal static Button[] WhenSuspended(string language, TenantConfidence confidence) =>
    [
        Of(Phrases.Plain(language, "button.while.default"), "while-default", confidence.PeopleWhenSuspended == false),
        Of(Phrases.Plain(language, "button.while.people"), "while-people", confidence.PeopleWhenSuspended == true),
    ];

    private static Button Of(string text, string what, bool isChosen) => new((isChosen ? "✓ " : "") + text, $"{Prefix}:{what}");
}
