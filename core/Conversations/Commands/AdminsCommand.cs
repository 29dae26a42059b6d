using Support.Tickets;

namespace Support.Conversations.Commands;

/// <summary>/admins in a group: it becomes the admins' group. The bot says there what it lacks and whom it cannot reach.</summary>
public sealed class AdminsCommand(ShowWaiting waiting, IMessenger messenger)
{
    private const string Remember =
        """
        insert into chat (tenant_id, bot_id, id, kind, title, is_forum, bot_role, can_manage_topics)
        values (@tenant, @bot, @chat, @kind, @title, @forum, @role, @topics)
        on conflict (tenant_id, bot_id, id) do update
        set kind = excluded.kind, title = excluded.title, is_forum = excluded.is_forum, bot_role = excluded.bot_role,
            can_manage_topics = excluded.can_manage_topics, gone_since = null, gone_why = null
        """;

    private const string Appoint = "update bot set admins_chat_id = @chat where id = @bot";

    private const string Audit =
        "insert into audit (tenant_id, at, person_id, action, subject) values (@tenant, @now, @person, 'admins-group', @subject)";

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(scope.Transaction, message.From, cancellation);
        if (!scope.Bot.IsAdmin(message.From.Id))
        {
            await ReplyAsync(scope, message, Phrases.Html(language, "group.only.owner"), cancellation);
            return;
        }
        if (message.Chat.Kind == ChatKind.Private)
        {
            await ReplyAsync(scope, message, Phrases.Html(language, "admins.only.group"), cancellation);
            return;
        }
        var standing = await messenger.StandingAsync(scope.Bot.Id, message.Chat.Id, cancellation);
        var at = new
        {
            tenant = scope.Transaction.Tenant.Value,
            bot = scope.Bot.Id.Value,
            chat = message.Chat.Id,
            kind = (short)message.Chat.Kind,
            title = message.Chat.Title,
            forum = message.Chat.IsForum,
            role = (short)standing.Role,
            topics = standing.CanManageTopics,
            now = scope.Now,
            person = message.From.Id,
            subject = message.Chat.Id.ToString(),
        };
        await scope.Transaction.ExecuteAsync(Remember, at, cancellation);
        await scope.Transaction.ExecuteAsync(Appoint, at, cancellation);
        await scope.Transaction.ExecuteAsync(Audit, at, cancellation);
        scope.StaffChanged = true;
        var html = string.Join("\n\n", new[] { Phrases.Html(language, "admins.set") }.Concat(GroupCheck.Lacks(language, message.Chat.IsForum, standing, scope.Bot)));
        await ReplyAsync(scope, message, html, cancellation);
        await waiting.InsideAsync(scope.Transaction, scope.Bot with { AdminsChat = message.Chat.Id }, scope.Now, cancellation);
    }

    private static Task ReplyAsync(UpdateScope scope, IncomingMessage message, string html, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice, new Outgoing.SendText(html, Thread: message.Thread)), cancellation);
}
