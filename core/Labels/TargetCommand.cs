using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Conversations;

namespace Support.Labels;

/// <summary>/target: the certificate, with buttons; /target 5%: another target. Admins may look, the owner chooses; where there is no owner, an admin.</summary>
public sealed class TargetCommand(IOptions<ConfidenceOptions> options)
{
    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var place = await StaffPlace.OfAsync(scope, message, cancellation);
        if (message.CommandArgument.Trim().Length == 0)
        {
            await ShowAsync(scope, place, message.From.Id, cancellation);
            return;
        }
        if (!MayChoose(scope, message.From.Id))
        {
            await place.SendAsync(scope, Phrases.Html(place.Language, "target.only.owner"), null, cancellation);
            return;
        }
        var read = ReadTarget.Of(message.CommandArgument);
        if (read is ReadTarget.Unreadable bad)
        {
            await place.SendAsync(scope, Phrases.Html(place.Language, bad.Problem, bad.Value), null, cancellation);
            return;
        }
        await Promise.ChooseAsync(scope.Transaction, before => Chosen(before, read), message.From.Id, scope.Now, cancellation);
        await ShowAsync(scope, place, message.From.Id, cancellation);
    }

    public static bool MayChoose(UpdateScope scope, long person) =>
        scope.Bot.IsOwner(person) || (scope.Bot.IsAdmin(person) && !scope.Bot.Staff.Values.Any(member => member.IsOwner));

    private static TenantConfidence Chosen(TenantConfidence before, ReadTarget read) => read switch
    {
        ReadTarget.Rate rate => before with { Mode = PromiseMode.Promise, Target = rate.Wrong },
        ReadTarget.Fixed classic => before with { Mode = PromiseMode.Fixed, Fixed = classic.Threshold },
        _ => before with { Mode = PromiseMode.People },
    };

    private async Task ShowAsync(UpdateScope scope, StaffPlace place, long person, CancellationToken cancellation)
    {
        var (html, buttons) = await TargetButtons.ShownAsync(scope, place.Language, MayChoose(scope, person), options.Value, cancellation);
        await place.SendAsync(scope, html, buttons, cancellation);
    }
}
