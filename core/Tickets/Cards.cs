using System.Text;
using Support.Conversations;

namespace Support.Tickets;

/// <summary>What admins see of a ticket: who asks what, why it came to them, what was found, and the buttons.</summary>
public static class Cards
{
    /// <summary>Telegram's limit is on the text without tags; keeping the tags within it too is simply safe.</summary>
    public const int Longest = 4096;

    // Escapes included. Together with the headings they leave the passages a third of the card at worst.
    private const int LongestName = 80;
    private const int LongestActor = 40;
    private const int LongestQuestion = 1200;
    private const int LongestDraft = 1200;
    private const int LongestTitle = 120;
    private const int LongestSource = 120;
    private const int LongestLink = 300;
    private const int LongestPassage = 240;
    private const int MostPassages = 5;

    public static Card Render(CardView ticket) => new(Text(ticket), Buttons(ticket));

    private static string Text(CardView ticket)
    {
        var text = new StringBuilder();
        text.Append(Heading(ticket)).Append('\n');
        if (ticket.Earlier.Count > 0)
            text.Append(Phrases.Html(ticket.AdminsLanguage, "card.earlier", EarlierTickets(ticket))).Append('\n');
        text.Append('\n').Append(Question(ticket));
        if (ticket.Tried is { } tried)
            text.Append('\n').Append(tried);
        if (ticket.Draft is { } draft)
        {
            var label = ticket.Passages.Any(p => p.ForStaff) ? "card.draft.staff" : "card.draft";
            text.Append('\n').Append(Phrases.Html(ticket.AdminsLanguage, label)).Append('\n').Append(Quote(Excerpt.Html(draft, LongestDraft)));
        }
        var ending = Ending(ticket);
        text.Append(Passages(ticket, Longest - text.Length - ending.Length));
        return text.Append(ending).ToString();
    }

    private static string Heading(CardView ticket)
    {
        var sign = ticket.State switch { States.Closed => "⚪", States.Taken => "🔵", _ => "🟠" };
        var name = Excerpt.Html(ticket.CustomerName, LongestName);
        return $"{sign} <b>{Phrases.Html(ticket.AdminsLanguage, "ticket.number", ticket.Number)}</b> · {name} · {Html.Escape(ticket.Language)} · {Reason(ticket)}";
    }

    private static string Reason(CardView ticket) => Phrases.Html(ticket.AdminsLanguage, $"reason.{ticket.Reason}");

    private static string EarlierTickets(CardView ticket) =>
        string.Join(", ", ticket.Earlier.Select(e =>
            $"{Phrases.Plain(ticket.AdminsLanguage, "ticket.number", e.Number)} ({Phrases.Plain(ticket.AdminsLanguage, $"ticket.state.{e.State}")})"));

    private static string Question(CardView ticket) =>
        string.IsNullOrWhiteSpace(ticket.Question)
            ? Phrases.Html(ticket.AdminsLanguage, "card.no.words")
            : Quote(Excerpt.Html(ticket.Question, LongestQuestion));

    private static string Quote(string html) => $"<blockquote>{html}</blockquote>";

    private static string Ending(CardView ticket)
    {
        var ending = new StringBuilder();
        if (ticket.DraftSent)
            ending.Append('\n').Append(Phrases.Html(ticket.AdminsLanguage, "card.draft.sent"));
        var (key, name) = ticket.State switch
        {
            States.Closed => ("card.closed", ticket.CloserName),
            States.Taken => ("card.taken", ticket.TakerName),
            _ => ("card.reply", null),
        };
        return ending.Append('\n').Append(Phrases.Html(ticket.AdminsLanguage, key, Excerpt.Plain(name ?? "?", LongestActor))).ToString();
    }

    /// <summary>As many passages, best first, as there is room for.</summary>
    private static string Passages(CardView ticket, int room)
    {
        var begin = $"\n{Phrases.Html(ticket.AdminsLanguage, "card.passages")}\n<blockquote expandable>";
        const string End = "</blockquote>";
        var passages = new StringBuilder();
        foreach (var (index, passage) in ticket.Passages.Take(MostPassages).Index())
        {
            var next = $"{(index > 0 ? "\n\n" : "")}{index + 1}. {Passage(ticket, passage)}";
            if (begin.Length + passages.Length + next.Length + End.Length > room)
                break;
            passages.Append(next);
        }
        return passages.Length == 0 ? "" : $"{begin}{passages}{End}";
    }

    // In order, without their scores: as percentages they would be taken for how often such a passage is right.
    private static string Passage(CardView ticket, TicketPassage passage)
    {
        var source = Excerpt.Html(passage.Source, LongestSource);
        if (passage.Link is { } link && Html.Escape(link) is { Length: <= LongestLink } address)
            source = $"<a href=\"{address}\">{source}</a>";
        var staff = passage.ForStaff ? " " + Phrases.Html(ticket.AdminsLanguage, "card.staff") : "";
        return $"<b>{Excerpt.Html(passage.Title, LongestTitle)}</b> · {source}{staff}\n{Excerpt.Html(passage.Text, LongestPassage)}";
    }

    private static Keyboard? Buttons(CardView ticket)
    {
        if (ticket.State == States.Closed)
            return null;
        var (take, send, close) = (ButtonFor(ticket, "take"), ButtonFor(ticket, "send"), ButtonFor(ticket, "close"));
        return (ticket.State == States.Open, ticket.Draft is not null && !ticket.DraftSent) switch
        {
            (true, true) => Keyboard.Of([take, send], [close]),
            (true, false) => Keyboard.Of([take, close]),
            (false, true) => Keyboard.Of([send, close]),
            (false, false) => Keyboard.Of([close]),
        };
    }

    private static Button ButtonFor(CardView ticket, string action) =>
        new(Phrases.Plain(ticket.AdminsLanguage, $"button.{action}"), ButtonData.Of(ticket.Id, action));
}

/// <param name="Html">At most <see cref="Cards.Longest"/> UTF-16 units.</param>
/// <param name="Buttons">Null once the ticket is closed.</param>
public sealed record Card(string Html, Keyboard? Buttons);

/// <summary>All that a card shows.</summary>
/// <param name="Language">Of the question.</param>
/// <param name="Earlier">The customer's last tickets before this, newest first.</param>
public sealed record CardView(
    long Id,
    int Number,
    string State,
    string AdminsLanguage,
    string CustomerName,
    string Language,
    string Reason,
    string Question,
    string? Draft,
    bool DraftSent,
    IReadOnlyList<TicketPassage> Passages,
    IReadOnlyList<EarlierTicket> Earlier,
    string? TakerName,
    string? CloserName)
{
    /// <summary>A line of HTML, at most <see cref="WhatWasTried.Longest"/>: what the bot has done with the question, or what it was unsure of. Null when there is nothing to say.</summary>
    public string? Tried { get; init; }
}

public sealed record EarlierTicket
{
    public int Number { get; init; }

    /// <summary>open, taken or closed.</summary>
    public string State { get; init; } = "";
}
