using Support.Conversations;
using Support.Labels;
using Support.Text;
using Support.Tickets;

namespace Support.Knowledge;

/// <summary>/synonyms: the company's own words, and how to change them; "/synonyms айфон = iphone" adds a line, "/synonyms Долями" a name, "/synonyms - айфон" removes it.</summary>
public sealed class SynonymsCommand
{
    private const int LongestSaid = 120;

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var place = await StaffPlace.OfAsync(scope, message, cancellation);
        if (!May(scope, message.From.Id))
        {
            await place.SendAsync(scope, Phrases.Html(place.Language, "synonyms.only.staff"), null, cancellation);
            return;
        }
        if (message.CommandArgument.Trim().Length == 0)
        {
            await ShowAsync(scope, place, await KnownSynonyms.ReadAsync(scope.Transaction, cancellation), "synonyms.lines", cancellation);
            return;
        }
        switch (await KnownSynonyms.ChangeAsync(scope.Transaction, message.CommandArgument, message.From.Id, scope.Now, cancellation))
        {
            case ChangeSynonyms.Refused refused:
                await place.SendAsync(scope, Phrases.Html(place.Language, refused.Problem, [.. refused.Values.Select(value => value is string said ? Excerpt.Plain(said, LongestSaid) : value)]), null, cancellation);
                break;
            case ChangeSynonyms.Changed changed:
                await ShowAsync(scope, place, changed.Lines, "synonyms.changed", cancellation);
                break;
        }
    }

    public static bool May(UpdateScope scope, long person) => scope.Bot.IsEditor(person) || scope.Bot.IsAdmin(person);

    private static async Task ShowAsync(UpdateScope scope, StaffPlace place, SynonymLines synonyms, string heading, CancellationToken cancellation)
    {
        var how = Phrases.Html(place.Language, "synonyms.how");
        var lines = string.Join('\n', synonyms.Lines.Select(line => line is [var name] ? Phrases.Html(place.Language, "synonyms.name", name) : Html.Escape(string.Join(" = ", line))));
        var html = synonyms.Lines.Count == 0 ? $"{Phrases.Html(place.Language, "synonyms.none")}\n\n{how}" : $"{Phrases.Html(place.Language, heading)}\n{lines}\n\n{how}";
        foreach (var part in MessageSplitter.Split(html))
            await place.SendAsync(scope, part, null, cancellation);
    }
}
