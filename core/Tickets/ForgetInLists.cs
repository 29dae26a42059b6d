using Support.Conversations;

namespace Support.Tickets;

/// <summary>Lists of tickets quote the customers' words; a forgotten customer's go from the lists that were sent and from those still to be.</summary>
internal static class ForgetInLists
{
    private const string Quoting =
        """
        select id, chat_id, sent_message_id, body::text as body from outbox
        where tenant_id = @tenant and bot_id = @bot and purpose = 'digest' and body::text like any(@buttons)
        for update
        """;

    private const string Rewrite =
        """
        with kept as (
            update message set text = null where tenant_id = @tenant and bot_id = @bot and chat_id = @chat and message_id = @message
        )
        update outbox set body = @body::jsonb where id = @id
        """;

    /// <param name="forgotten">Closed already, all of one customer.</param>
    public static async Task RunAsync(UpdateScope scope, IReadOnlyList<TicketRow> forgotten, CancellationToken cancellation)
    {
        if (forgotten.Count == 0)
            return;
        var tx = scope.Transaction;
        var at = new { tenant = tx.Tenant.Value, bot = scope.Bot.Id.Value, buttons = forgotten.Select(t => $"%\"{ButtonData.Of(t.Id, "show")}\"%").ToArray() };
        var language = await AdminsLanguage.FindAsync(tx, forgotten[0].Language, cancellation);
        foreach (var row in await tx.QueryAsync<ListRow>(Quoting, at, cancellation))
        {
            var body = Outbox.Deserialize(row.Body);
            var rest = TicketList.TicketsIn(body).ToArray();
            var list = await TicketList.OfAsync(tx, rest, "tickets.list", scope.Now, cancellation) is [var left] ? left : TicketList.Empty;
            var (html, buttons) = (list.Html(language), list.Buttons(language));
            if (body is Outgoing.SendText text)
                await tx.ExecuteAsync(Rewrite, new { at.tenant, at.bot, chat = row.ChatId, message = row.SentMessageId, id = row.Id, body = Outbox.Serialize(text with { Html = html, Keyboard = buttons }) }, cancellation);
            if (row.SentMessageId is { } sent)
                await scope.SendAsync(new OutboxMessage(row.ChatId, Purposes.Edit, new Outgoing.EditText(sent, html, buttons)), cancellation);
        }
    }

    private sealed record ListRow
    {
        public long Id { get; init; }
        public long ChatId { get; init; }
        public long? SentMessageId { get; init; }
        public string Body { get; init; } = "";
    }
}
