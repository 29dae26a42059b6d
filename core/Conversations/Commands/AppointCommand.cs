using Support.Tickets;

namespace Support.Conversations.Commands;

/// <summary>/admin and /editor as a reply to somebody's message: appoints the writer of that message.</summary>
public sealed class AppointCommand
{
    private const string Appoint =
        """
        insert into person (tenant_id, id, is_admin, is_editor) values (@tenant, @person, @admin, @editor)
        on conflict (tenant_id, id) do update set is_admin = person.is_admin or @admin, is_editor = person.is_editor or @editor
        returning name, started_at is not null as started
        """;

    private const string Audit =
        "insert into audit (tenant_id, at, person_id, action, subject) values (@tenant, @now, @by, @action, @subject)";

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(scope.Transaction, message.From, cancellation);
        await scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice,
            new Outgoing.SendText(await AppointAsync(scope, message, language, cancellation), ReplyTo: message.MessageId, Thread: message.Thread)), cancellation);
    }

    private static async Task<string> AppointAsync(UpdateScope scope, IncomingMessage message, string language, CancellationToken cancellation)
    {
        if (!scope.Bot.IsOwner(message.From.Id))
            return Phrases.Html(language, "group.only.owner");
        if (message.ReplyTo is not { FromId: { } person, FromIsBot: false })
            return Phrases.Html(language, "appoint.how", message.Command);
        var appointed = await scope.Transaction.FirstAsync<Appointed>(Appoint, new
        {
            tenant = scope.Transaction.Tenant.Value,
            person,
            admin = message.Command == "admin",
            editor = message.Command == "editor",
        }, cancellation);
        await scope.Transaction.ExecuteAsync(Audit, new
        {
            tenant = scope.Transaction.Tenant.Value,
            now = scope.Now,
            by = message.From.Id,
            action = "appoint-" + message.Command,
            subject = person.ToString(),
        }, cancellation);
        scope.StaffChanged = true;
        var name = string.IsNullOrEmpty(appointed?.Name) ? person.ToString() : appointed.Name;
        var lines = new List<string> { Phrases.Html(language, "appointed." + message.Command, name) };
        if (appointed is not { Started: true })
            lines.Add(Phrases.Html(language, "admins.not.started", name));
        return string.Join("\n\n", lines);
    }

    private sealed record Appointed(string Name, bool Started);
}
