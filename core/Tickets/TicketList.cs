using System.Text;
using Support.Conversations;
using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>Several tickets in one message, a line and a button each.</summary>
internal sealed record TicketList(IReadOnlyList<TicketLine> Tickets, string Heading, int Total)
{
    /// <summary>As many lines as surely fit into one message: a line is at most 210 units.</summary>
    public const int Most = 18;

    private const int LongestQuestion = 100;
    private const int LongestName = 30;
    private const int ButtonsInRow = 4;

    private const string Open =
        """
        select t.id, t.number, t.state, t.reason, left(t.question, 200) as question, coalesce(p.name, '') as customer_name,
               (extract(epoch from @now - t.opened_at) / 60)::int as minutes, count(*) over () as total
        from ticket t
        join conversation c on c.id = t.conversation_id
        left join person p on p.tenant_id = t.tenant_id and p.id = c.person_id
        where t.tenant_id = @tenant and t.bot_id = @bot and t.state <> 'closed'
        order by t.state, t.id limit @most
        """;

    /// <summary>What waits or is being worked on; nobody's first, oldest first.</summary>
    public static async Task<TicketList> OpenAsync(TenantTransaction transaction, BotInfo bot, DateTimeOffset now, CancellationToken cancellation)
    {
        var tickets = await transaction.QueryAsync<TicketLine>(Open, new { tenant = transaction.Tenant.Value, bot = bot.Id.Value, now, most = Most }, cancellation);
        return new TicketList(tickets, "tickets.list", (int)(tickets.Count > 0 ? tickets[0].Total : 0));
    }

    private const string Some =
        """
        select t.id, t.number, t.state, t.reason, left(t.question, 200) as question, coalesce(p.name, '') as customer_name,
               (extract(epoch from @now - t.opened_at) / 60)::int as minutes, 0::bigint as total
        from ticket t
        join conversation c on c.id = t.conversation_id
        left join person p on p.tenant_id = t.tenant_id and p.id = c.person_id
        where t.id = any(@ids) and t.state <> 'closed'
        order by t.id
        """;

    /// <summary>These tickets as lists of at most <see cref="Most"/>, without the closed ones.</summary>
    public static async Task<IReadOnlyList<TicketList>> OfAsync(TenantTransaction transaction, long[] ids, string heading, DateTimeOffset now, CancellationToken cancellation)
    {
        var tickets = await transaction.QueryAsync<TicketLine>(Some, new { ids, now }, cancellation);
        return [.. tickets.Chunk(Most).Select(chunk => new TicketList(chunk, heading, tickets.Count))];
    }

    public static TicketList Empty { get; } = new([], "tickets.list", 0);

    /// <summary>Which tickets a list has buttons for.</summary>
    public static IEnumerable<long> TicketsIn(Outgoing list) =>
        list is Outgoing.SendText { Keyboard: { } buttons }
            ? buttons.Rows.SelectMany(row => row).Select(b => b.Data is { } data && ButtonData.Read(data) is var (ticket, _) ? ticket : 0).Where(id => id != 0)
            : [];

    public string Html(string language)
    {
        if (Tickets.Count == 0)
            return Phrases.Html(language, "tickets.none");
        var text = new StringBuilder(Phrases.Html(language, Heading, Total));
        foreach (var ticket in Tickets)
            text.Append('\n').Append(Line(language, ticket));
        if (Heading != "digest" && Total > Tickets.Count)
            text.Append('\n').Append(Phrases.Html(language, "tickets.more", Total - Tickets.Count));
        return text.ToString();
    }

    private static string Line(string language, TicketLine ticket)
    {
        var sign = ticket.State == States.Taken ? "🔵" : "🟠";
        var number = Phrases.Html(language, "ticket.number", ticket.Number);
        var since = Durations.Html(language, TimeSpan.FromMinutes(ticket.Minutes));
        var about = ticket.TakerId is { } taker ? Mention.Html(taker, Excerpt.Plain(ticket.TakerName, LongestName)) : Phrases.Html(language, $"reason.{ticket.Reason}");
        var question = ticket.Question.Length == 0 ? "" : ": " + Excerpt.Html(ticket.Question.ReplaceLineEndings(" "), LongestQuestion);
        return $"{sign} <b>{number}</b> · {Excerpt.Html(ticket.CustomerName, LongestName)} · {since} · {about}{question}";
    }

    public Keyboard? Buttons(string language) =>
        Tickets.Count == 0
            ? null
            : new Keyboard([.. Tickets
                .Select(t => new Button(Phrases.Plain(language, "ticket.number", t.Number), ButtonData.Of(t.Id, "show")))
                .Chunk(ButtonsInRow)]);
}

internal record TicketLine
{
    public long Id { get; init; }
    public int Number { get; init; }
    public string State { get; init; } = "";
    public string Reason { get; init; } = "";
    public string Question { get; init; } = "";
    public string CustomerName { get; init; } = "";
    public int Minutes { get; init; }
    public long Total { get; init; }

    /// <summary>Whom the line is to call; null for nobody in particular.</summary>
    public long? TakerId { get; init; }

    public string TakerName { get; init; } = "";
}
