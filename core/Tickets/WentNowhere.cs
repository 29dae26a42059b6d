using Support.Conversations;

namespace Support.Tickets;

/// <summary>Where cards go, whoever meant to answer a customer and did not must know. In a private chat it may also be somebody who tries the bot out.</summary>
internal static class WentNowhere
{
    private const string MaySay =
        """
        insert into chat (tenant_id, bot_id, id, kind, nowhere_told_at) values (@tenant, @bot, @chat, @kind, @now)
        on conflict (tenant_id, bot_id, id) do update set nowhere_told_at = @now
        where @always or chat.nowhere_told_at is null or chat.nowhere_told_at <= @now - interval '1 minute'
        """;

    /// <summary>Once a minute is enough where colleagues talk; whoever speaks to the bot is always told.</summary>
    public static async Task SayInGroupAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var may = await scope.Transaction.ExecuteAsync(MaySay, new
        {
            tenant = scope.Transaction.Tenant.Value,
            bot = scope.Bot.Id.Value,
            chat = message.Chat.Id,
            kind = (short)message.Chat.Kind,
            always = message.MentionsBot || message.ReplyTo is { } to && !Colleague.IsHuman(to) && to.MessageId != message.Thread,
            now = scope.Now,
        }, cancellation);
        if (may > 0)
            await SayAsync(scope, message, "nowhere", cancellation);
    }

    private const string Around =
        """
        select exists (select from ticket t join conversation c on c.id = t.conversation_id
                       where t.tenant_id = @tenant and t.bot_id = @bot and t.state <> 'closed' and c.person_id <> @person) as customers_wait,
               coalesce(replied.ticket_id is not null, false) as of_own_ticket,
               coalesce(replied.purpose = 'answer' or replied.question_id is not null, false) as of_own_answer
        from (values (1)) one
        left join (select m.ticket_id, m.purpose, m.question_id from message m join conversation c on c.id = m.conversation_id
                   where m.tenant_id = @tenant and m.bot_id = @bot and m.chat_id = @chat and m.message_id = @repliedTo and c.chat_id = @chat) replied on true
        """;

    /// <returns>False when it is the words of somebody who tries the bot out, to be answered as a customer's, or a document.</returns>
    public static async Task<bool> SayInPrivateAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        if (message.Medium is { Kind: MediumKind.Document } && scope.Bot.IsEditor(message.From.Id))
            return false;
        var repliedTo = message.ReplyTo is { } to && !Colleague.IsHuman(to) ? to.MessageId : (long?)null;
        var around = await scope.Transaction.FirstAsync<Surroundings>(Around, new
        {
            tenant = scope.Transaction.Tenant.Value,
            bot = scope.Bot.Id.Value,
            chat = message.Chat.Id,
            person = message.From.Id,
            repliedTo,
        }, cancellation) ?? new Surroundings();
        var tries = repliedTo is null ? !around.CustomersWait : around.OfOwnTicket || (around.OfOwnAnswer && !around.CustomersWait);
        if (!tries)
            await SayAsync(scope, message, repliedTo is null ? "nowhere.card" : "nowhere", cancellation);
        return !tries;
    }

    private static async Task SayAsync(UpdateScope scope, IncomingMessage message, string phrase, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(scope.Transaction, message.From, cancellation);
        var body = new Outgoing.SendText(Phrases.Html(language, phrase), ReplyTo: message.MessageId, Thread: message.Thread);
        await scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice, body), cancellation);
    }

    private sealed record Surroundings
    {
        public bool CustomersWait { get; init; }
        public bool OfOwnTicket { get; init; }
        public bool OfOwnAnswer { get; init; }
    }
}
