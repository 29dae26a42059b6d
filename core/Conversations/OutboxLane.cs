using Support.Database;
using Support.Jobs;
using Support.Tenants;
using Support.Tickets;

namespace Support.Conversations;

/// <summary>The outbox of one chat: the oldest message is claimed, sent by somebody else, and settled by how that went.</summary>
public sealed class OutboxLane(DeskDatabase database, ShowWaiting waiting, CardSent cards, TimeProvider clock)
{
    /// <summary>After this a message is no longer worth sending; it becomes a dead letter.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(24);

    private const string Claim =
        $"""
        with first as (
            select id, due_at from outbox where bot_id = @bot and chat_id = @chat and state in (0, 1) and {TenantJourney.Passed} order by id limit 1),
        claimed as (
            update outbox o set state = 1, attempts = attempts + 1, doubts = doubts + case when o.state = 1 then 1 else 0 end
            from first where o.id = first.id and first.due_at <= @now
            returning o.*)
        select first.id, first.due_at, c.body::text as body, c.purpose, c.conversation_id, c.question_id, c.ticket_id, c.in_topic, c.attempts, c.created_at,
               t.topic_id as topic, t.card_message_id as card
        from first left join claimed c on c.id = first.id
        left join ticket t on t.id = c.ticket_id and t.card_chat_id = @chat
        """;

    public async Task<LaneClaim> ClaimAsync(TenantId tenant, BotId bot, long chat, Lease lease, WorkerInstance instance, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        try
        {
            var (isMine, row) = await TenantJourney.RunAsync(
                database.Source, tenant, lease.Take(instance), [new Statement(Claim, new { bot = bot.Value, chat, now })],
                async answers => (answers.HasPassed, await answers.FirstAsync<LaneRow>()), cancellation);
            if (!isMine)
                return new LaneClaim.Busy();
            if (row?.Body is not null)
                return MessageOf(row, now);
            await lease.ReleaseAsync(database.Light, cancellation);
            return row is null ? new LaneClaim.Empty() : new LaneClaim.NotYet(row.DueAt - now.UtcDateTime);
        }
        catch
        {
            await lease.TryReleaseAsync(database.Light);
            throw;
        }
    }

    private static LaneClaim.Message MessageOf(LaneRow row, DateTimeOffset now)
    {
        return new LaneClaim.Message(row.Id, Outbox.Deserialize(row.Body!), row.Purpose!, row.ConversationId, row.QuestionId, row.TicketId, row.InTopic ?? false, row.Topic, row.Card, row.Attempts ?? 1, row.CreatedAt ?? now.UtcDateTime);
    }

    // By its number: asked for the state as such, PostgreSQL prefers the small index of what waits, and looks through all that waits for the company.
    private const string IsThis = "outbox.id = @id and outbox.state + 0 = 1 and outbox.attempts = @attempts";

    // The conversation first, as everywhere. Without one the customer has had everything erased meanwhile, and no words are kept.
    private const string Sent =
        $"""
        with talk as (select id from conversation where id = @conversation for key share),
        done as (
            update outbox set state = 2, sent_at = @now, sent_message_id = @message, error = null
            from (select count(*) from talk) locked where {IsThis}),
        kept as (
            insert into message (tenant_id, bot_id, chat_id, message_id, conversation_id, direction, text, question_id, ticket_id, purpose, sent_at)
            select @tenant, @bot, @chat, @message, (select id from talk), 1, case when @conversation is null or exists (select from talk) then @text end, @question, @ticket, @purpose, @now where @isMessage
            on conflict (tenant_id, bot_id, chat_id, message_id) do nothing)
        select exists (select from outbox where bot_id = @bot and chat_id = @chat and state in (0, 1) and id <> @id)
        """;

    private const string PutBack = $"update outbox set state = @state, due_at = @due, error = @error where {IsThis}";
    private const string Fail = $"update outbox set state = 3, error = @error where {IsThis}";

    /// <summary>Notes how the sending ended and gives the lease back. What was sent is noted even when the lease was lost.</summary>
    public async Task<Settled> SettleAsync(BotInfo bot, long chat, Lease lease, LaneClaim.Message message, Delivery delivery, CancellationToken cancellation)
    {
        if (delivery is Delivery.Delivered { MessageId: var sent } && message.Ticket is null)
        {
            var note = NoteFor(bot, chat, message, sent, clock.GetUtcNow());
            var isMore = await TenantJourney.RunAsync(database.Source, bot.Tenant, lease.Release(), [note], answers => answers.FirstAsync<bool>(), cancellation);
            return new Settled(isMore ? [WakeUp.Reply(bot.Tenant, bot.Id, chat, TimeSpan.Zero)] : [], StaffChanged: false);
        }
        var owned = await TenantTransaction.BeginAfterAsync(database.Source, bot.Tenant, lease.Release(), cancellation);
        await using var transaction = owned ?? await database.BeginAsync(bot.Tenant, cancellation);
        var now = clock.GetUtcNow();
        var staffChanged = false;
        var at = new { id = message.Id, attempts = message.Attempts };
        var expired = now.UtcDateTime - message.CreatedAt > Deadline;
        switch (delivery)
        {
            case Delivery.Delivered delivered:
                await NoteTicketAsync(transaction, bot, chat, message, delivered.MessageId, now, cancellation);
                var note = NoteFor(bot, chat, message, delivered.MessageId, now);
                if (await transaction.FirstAsync<bool>(note.Sql, note.Parameters, cancellation))
                    transaction.Wake(WakeUp.Reply(bot.Tenant, bot.Id, chat, TimeSpan.Zero));
                break;
            case Delivery.Wait wait:
                await BackAsync(transaction, bot, chat, message, state: 0, now, wait.For, null, cancellation);
                break;
            case Delivery.Unreachable unreachable when !expired:
                await BackAsync(transaction, bot, chat, message, state: 0, now, Backoff(message.Attempts), unreachable.Description, cancellation);
                break;
            case Delivery.InDoubt doubt when !expired:
                await BackAsync(transaction, bot, chat, message, state: 1, now, Backoff(message.Attempts), doubt.Description, cancellation);
                break;
            case Delivery.Moved moved:
                await transaction.ExecuteAsync("update outbox set state = 0 where id = @id", at, cancellation);
                await Membership.MoveAsync(transaction, bot, waiting, now, chat, moved.ToChat, cancellation);
                transaction.Wake(WakeUp.Reply(bot.Tenant, bot.Id, moved.ToChat, TimeSpan.Zero));
                staffChanged = bot.AdminsChat == chat;
                break;
            case Delivery.ChatGone gone:
                staffChanged = await LoseChatAsync(transaction, bot, chat, gone.Description, now, cancellation);
                break;
            default:
                var why = delivery switch { Delivery.Refused r => $"{r.Code} {r.Description}", Delivery.InDoubt d => d.Description, Delivery.Unreachable u => u.Description, _ => delivery.ToString() };
                await transaction.ExecuteAsync(Fail, new { at.id, at.attempts, error = why }, cancellation);
                transaction.Wake(WakeUp.Reply(bot.Tenant, bot.Id, chat, TimeSpan.Zero));
                if (message.Purpose is not (Purposes.Edit or Purposes.Topic or Purposes.DeadLetter))
                    await DeadLetters.InsideAsync(transaction, Queues.Replies, $"outbox {message.Id}", $"Telegram refused a message: {why}", now, cancellation);
                break;
        }
        await transaction.CommitAsync(cancellation);
        return new Settled(transaction.WakeUps, staffChanged);
    }

    private async Task NoteTicketAsync(TenantTransaction transaction, BotInfo bot, long chat, LaneClaim.Message message, long sent, DateTimeOffset now, CancellationToken cancellation)
    {
        if (message.Ticket is not { } ticket)
            return;
        if (message.Purpose == Purposes.Card)
            await cards.CardAsync(transaction, bot, now, ticket, chat, sent, message.Body, cancellation);
        else if (message.Purpose == Purposes.Topic)
            await cards.TopicAsync(transaction, ticket, chat, sent, cancellation);
    }

    /// <summary>The name for a ticket's topic that people deleted.</summary>
    public async Task<string?> TopicNameAsync(TenantId tenant, long ticket, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        return await cards.TopicNameAsync(transaction, ticket, cancellation);
    }

    public async Task KeepTopicAsync(TenantId tenant, long ticket, long chat, long topic, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await cards.TopicAsync(transaction, ticket, chat, topic, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static Statement NoteFor(BotInfo bot, long chat, LaneClaim.Message message, long sent, DateTimeOffset now) => new(Sent, new
    {
        id = message.Id,
        attempts = message.Attempts,
        message = sent,
        now,
        tenant = bot.Tenant.Value,
        bot = bot.Id.Value,
        chat,
        conversation = message.Conversation,
        text = (message.Body as Outgoing.SendText)?.Html,
        question = message.Question,
        ticket = message.Ticket,
        purpose = message.Purpose,
        isMessage = sent > 0 && message.Body is Outgoing.SendText or Outgoing.CopyMessage,
    });

    private static async Task BackAsync(TenantTransaction transaction, BotInfo bot, long chat, LaneClaim.Message message, int state, DateTimeOffset now, TimeSpan pause, string? error, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(PutBack, new { id = message.Id, attempts = message.Attempts, state = (short)state, due = now + pause, error }, cancellation);
        transaction.Wake(WakeUp.Reply(bot.Tenant, bot.Id, chat, pause));
    }

    /// <summary>Half a second, doubling, a minute at most: the customer waits, and Telegram is back within seconds as a rule.</summary>
    private static TimeSpan Backoff(int attempts) => TimeSpan.FromSeconds(Math.Min(60, 0.5 * Math.Pow(2, Math.Min(attempts - 1, 10))));

    private const string Lose =
        """
        with unsent as (update outbox set state = 3, error = @why where bot_id = @bot and chat_id = @chat and state in (0, 1)),
        told as (update person set started_at = null where id = @chat)
        insert into chat (tenant_id, bot_id, id, kind, bot_role, gone_since, gone_why) values (@tenant, @bot, @chat, @kind, 0, @now, @why)
        on conflict (tenant_id, bot_id, id) do update set bot_role = 0, gone_since = excluded.gone_since, gone_why = excluded.gone_why
        """;

    /// <summary>Nothing reaches this chat any more. If it was where cards go, they go to the owner.</summary>
    private async Task<bool> LoseChatAsync(TenantTransaction transaction, BotInfo bot, long chat, string why, DateTimeOffset now, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync(Lose, new { tenant = bot.Tenant.Value, bot = bot.Id.Value, chat, why, now, kind = (short)(chat < 0 ? ChatKind.Group : ChatKind.Private) }, cancellation);
        if (chat != bot.CardsChat)
            return bot.Staff.ContainsKey(chat);
        var rest = bot with
        {
            AdminsChat = null,
            Staff = bot.Staff.Values.Where(s => s.Person != chat).ToDictionary(s => s.Person),
        };
        if (bot.AdminsChat == chat)
            await transaction.ExecuteAsync("update bot set admins_chat_id = null where id = @bot", new { bot = bot.Id.Value }, cancellation);
        await waiting.InsideAsync(transaction, rest, now, cancellation);
        return true;
    }
}

internal sealed record LaneRow(
    long Id, DateTime DueAt, string? Body, string? Purpose, long? ConversationId, long? QuestionId, long? TicketId, bool? InTopic, int? Attempts, DateTime? CreatedAt, long? Topic, long? Card);

/// <param name="WakeUps">To be put on their queues.</param>
/// <param name="StaffChanged">What the directory knows about the bot is old.</param>
public sealed record Settled(IReadOnlyList<WakeUp> WakeUps, bool StaffChanged);

public abstract record LaneClaim
{
    private LaneClaim() { }

    /// <summary>Another worker sends for this chat.</summary>
    public sealed record Busy : LaneClaim;

    public sealed record Empty : LaneClaim;

    public sealed record NotYet(TimeSpan For) : LaneClaim;

    /// <param name="Topic">The ticket's topic in this chat, if it has one.</param>
    /// <param name="Card">The ticket's card in this chat, if it stands there.</param>
    /// <param name="Attempts">This one included; also what tells this claim from a later one.</param>
    public sealed record Message(
        long Id, Outgoing Body, string Purpose, long? Conversation, long? Question, long? Ticket, bool InTopic, long? Topic, long? Card, int Attempts, DateTime CreatedAt) : LaneClaim
    {
        /// <summary>In the ticket's topic; without topics, what a customer wrote before the card was there hangs on the card all the same.</summary>
        public Outgoing InThread() => (InTopic, Topic, Card, Body) switch
        {
            (true, { } topic, _, Outgoing.SendText text) => text with { Thread = topic },
            (true, { } topic, _, Outgoing.CopyMessage copy) => copy with { Thread = topic },
            (false, _, { } card, Outgoing.SendText { ReplyTo: null } text) when Purpose == Purposes.ToAdmins => text with { ReplyTo = card },
            (false, _, { } card, Outgoing.CopyMessage { ReplyTo: null } copy) when Purpose == Purposes.ToAdmins => copy with { ReplyTo = card },
            _ => Body,
        };
    }
}
