using Support.Conversations.Commands;
using Support.Database;
using Support.Jobs;
using Support.Tenants;
using Support.Tickets;

namespace Support.Conversations;

/// <summary>What the bot is in its chats: blocked or started by a customer, added to a group, given or refused rights, moved with a group to a new id.</summary>
public sealed class Membership(ShowWaiting waiting)
{
    private const string Remember =
        """
        insert into chat (tenant_id, bot_id, id, kind, title, is_forum, bot_role, can_manage_topics, gone_since, gone_why)
        values (@tenant, @bot, @chat, @kind, @title, @forum, @role, @topics, @gone, @why)
        on conflict (tenant_id, bot_id, id) do update
        set kind = excluded.kind, title = excluded.title, is_forum = excluded.is_forum, bot_role = excluded.bot_role,
            can_manage_topics = excluded.can_manage_topics, gone_since = excluded.gone_since, gone_why = excluded.gone_why
        """;

    private const string PressedStart = "update person set started_at = coalesce(started_at, @now) where id = @person";
    private const string Blocked = "update person set started_at = null where id = @person";

    public async Task ChangeAsync(UpdateScope scope, Incoming.MembershipChanged change, CancellationToken cancellation)
    {
        var absent = change.Now.Role == BotRole.Absent;
        await scope.Transaction.ExecuteAsync(Remember, new
        {
            tenant = scope.Transaction.Tenant.Value,
            bot = scope.Bot.Id.Value,
            chat = change.Chat.Id,
            kind = (short)change.Chat.Kind,
            title = change.Chat.Title,
            forum = change.Chat.IsForum,
            role = (short)change.Now.Role,
            topics = change.Now.CanManageTopics,
            gone = absent ? scope.Now : (DateTimeOffset?)null,
            why = absent ? "the bot was blocked or removed" : null,
        }, cancellation);
        if (change.Chat.Kind == ChatKind.Private)
        {
            await scope.Transaction.ExecuteAsync(absent ? Blocked : PressedStart, new { person = change.Chat.Id, now = scope.Now }, cancellation);
            scope.StaffChanged = scope.Bot.Staff.ContainsKey(change.Chat.Id);
        }
        else if (absent && change.Chat.Id == scope.Bot.AdminsChat)
        {
            // Cards go to the owner again, the ones that nobody has closed included.
            await scope.Transaction.ExecuteAsync("update bot set admins_chat_id = null where id = @bot", new { bot = scope.Bot.Id.Value }, cancellation);
            scope.StaffChanged = true;
            await waiting.InsideAsync(scope.Transaction, scope.Bot with { AdminsChat = null }, scope.Now, cancellation);
        }
        else if (!absent)
        {
            await SayWhatIsMissingAsync(scope, change, cancellation);
        }
    }

    /// <summary>In the admins' group: rights that the bot lacks now. In a new group of the owner's: how to make it that group.</summary>
    private static async Task SayWhatIsMissingAsync(UpdateScope scope, Incoming.MembershipChanged change, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(scope.Transaction, change.By, cancellation);
        var lines = change.Chat.Id == scope.Bot.AdminsChat
            ? GroupCheck.Lacks(language, change.Chat.IsForum, change.Now, scope.Bot)
            : change.Before.Role == BotRole.Absent && scope.Bot.AdminsChat is null && scope.Bot.IsAdmin(change.By.Id)
                ? [Phrases.Html(language, "admins.here")]
                : [];
        var html = string.Join("\n\n", lines);
        if (html.Length > 0)
            await scope.SendAsync(new OutboxMessage(change.Chat.Id, Purposes.Notice, new Outgoing.SendText(html)), cancellation);
    }

    private const string Move =
        """
        with old as (update chat set moved_to = @to where bot_id = @bot and id = @from),
        box as (update outbox set chat_id = @to where bot_id = @bot and chat_id = @from and state in (0, 1)),
        cards as (update ticket set card_chat_id = null, card_message_id = null, topic_id = null where bot_id = @bot and card_chat_id = @from),
        talks as (update conversation set chat_id = @to where bot_id = @bot and chat_id = @from
                  and not exists (select from conversation other where other.bot_id = @bot and other.chat_id = @to and other.person_id = conversation.person_id))
        update bot set admins_chat_id = @to where id = @bot and admins_chat_id = @from
        """;

    /// <summary>A group became a supergroup: everything that was meant for the old id goes to the new one.</summary>
    public async Task MoveAsync(UpdateScope scope, long from, long to, CancellationToken cancellation)
    {
        await MoveAsync(scope.Transaction, scope.Bot, waiting, scope.Now, from, to, cancellation);
        scope.StaffChanged = scope.Bot.AdminsChat == from;
    }

    /// <summary>Message ids mean nothing in the new group, so cards of open tickets are shown there anew.</summary>
    internal static async Task MoveAsync(TenantTransaction transaction, BotInfo bot, ShowWaiting waiting, DateTimeOffset now, long from, long to, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(Move, new { bot = bot.Id.Value, from, to }, cancellation);
        if (bot.AdminsChat == from)
            await waiting.InsideAsync(transaction, bot with { AdminsChat = to }, now, cancellation);
        transaction.Wake(WakeUp.Reply(transaction.Tenant, bot.Id, to, TimeSpan.Zero));
    }
}
