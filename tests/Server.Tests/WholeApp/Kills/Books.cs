using Dapper;
using Npgsql;
using Support.Simulation;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp.Kills;

/// <summary>What the memory says about every message, question and reply, held against what customers wrote and what they see in Telegram.</summary>
internal sealed class Books
{
    private readonly ILookup<(long Bot, long Chat), MessageRow> _messages;
    private readonly ILookup<(long Bot, long Chat), QuestionRow> _questions;
    private readonly ILookup<(long Bot, long Chat), ReplyRow> _replies;
    private readonly HashSet<(long, long)> _seen;

    private Books(IEnumerable<MessageRow> messages, IEnumerable<QuestionRow> questions, IEnumerable<ReplyRow> replies, IEnumerable<(long, long)> seen)
    {
        _messages = messages.ToLookup(m => (m.BotId, m.ChatId));
        _questions = questions.ToLookup(q => (q.BotId, q.ChatId));
        _replies = replies.ToLookup(r => (r.BotId, r.ChatId));
        _seen = [.. seen];
    }

    /// <summary>Messages that stand in Telegram more often than they were meant to.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Questions answered after a later one of the same chat, because a kill interrupted the receiving of their update.</summary>
    public int Overtaken { get; private set; }

    public int Doubts => _replies.SelectMany(r => r).Sum(r => r.Doubts);

    public int Questions => _questions.Sum(q => q.Count());

    private const string LeftOver =
        """
        select (select count(*) from job where queue = 'updates') + (select count(*) from conversation where due_at is not null)
             + (select count(*) from message where direction = 0 and question_id is null and ticket_id is null)
             + (select count(*) from outbox where state in (0, 1))
        """;

    /// <summary>How much is still to be done.</summary>
    public static async Task<long> LeftOverAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        return await connection.QuerySingleAsync<long>(LeftOver);
    }

    private const string Unfinished =
        """
        select what || ' ' || count(*) || ', the oldest since ' || coalesce(extract(epoch from now() - min(since))::int, 0) || ' s' from (
            select 'updates' as what, created_at as since from job where queue = 'updates'
            union all select 'conversations due', due_at from conversation where due_at is not null
            union all select 'messages', sent_at from message where direction = 0 and question_id is null and ticket_id is null
            union all select 'replies in state ' || state, due_at from outbox where state in (0, 1)
        ) left_over group by what order by what
        """;

    /// <summary>The same in words.</summary>
    public static async Task<string> UnfinishedAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        return string.Join("; ", await connection.QueryAsync<string>(Unfinished));
    }

    public static async Task<Books> ReadAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        Assert.Equal([], await connection.QueryAsync<string>("select queue || ': ' || why from dead_letter"));
        return new Books(
            await connection.QueryAsync<MessageRow>("select bot_id as BotId, chat_id as ChatId, message_id as MessageId, text as Text, question_id as QuestionId, ticket_id as TicketId from message where direction = 0"),
            await connection.QueryAsync<QuestionRow>("select q.id as Id, c.bot_id as BotId, c.chat_id as ChatId, q.decision as Decision from question q join conversation c on c.id = q.conversation_id"),
            await connection.QueryAsync<ReplyRow>("select id as Id, bot_id as BotId, chat_id as ChatId, question_id as QuestionId, ticket_id as TicketId, purpose as Purpose, state as State, doubts as Doubts, sent_message_id as SentMessageId from outbox"),
            await connection.QueryAsync<(long, long)>("select bot_id, update_id from update_seen"));
    }

    public void EveryAcknowledgedUpdateWasProcessed(IEnumerable<DeliveredUpdate> acknowledged) =>
        Assert.Equal([], acknowledged.Where(update => !_seen.Contains((update.Bot, update.UpdateId))));

    public void EveryMessageIsKeptOnceAndBelongsSomewhere(IReadOnlyList<Written> written)
    {
        Assert.Equal(
            written.Select(w => (w.Bot, w.Chat, w.MessageId, w.Text)).Order(),
            _messages.SelectMany(m => m).Select(m => (m.BotId, m.ChatId, m.MessageId, m.Text!)).Order());
        Assert.Equal([], _messages.SelectMany(m => m).Where(m => m.QuestionId is null && m.TicketId is null));
    }

    public void EveryChatWasAnsweredInOrder(SimulatedTelegram telegram, IReadOnlyList<Written> written)
    {
        foreach (var chat in written.GroupBy(w => (w.Bot, w.Chat)))
            ChatWasAnsweredInOrder(chat.Key, [.. chat], telegram.Messages(chat.Key.Chat, bot: chat.Key.Bot));
    }

    private void ChatWasAnsweredInOrder((long Bot, long Chat) chat, IReadOnlyList<Written> written, IReadOnlyList<Message> inTelegram)
    {
        var bots = inTelegram.Where(m => m.From is { IsBot: true }).ToDictionary(m => m.MessageId);
        var replies = _replies[chat].OrderBy(r => r.Id).ToList();
        Assert.All(replies, reply => Assert.True(reply is { State: 2, SentMessageId: { } sent } && bots.ContainsKey(sent), $"Reply {reply} never arrived."));
        var arrived = replies.Select(r => r.SentMessageId!.Value).ToList();
        Assert.Equal(arrived.Order().Distinct(), arrived);

        var extra = bots.Count - arrived.Count;
        Assert.True(extra <= replies.Sum(r => r.Doubts), $"Chat {chat} shows {extra} messages too many, of which only {replies.Sum(r => r.Doubts)} are counted as doubtful.");
        Duplicates += extra;

        var questions = _questions[chat].OrderBy(q => q.Id).ToList();
        var messagesOf = _messages[chat].Where(m => m.QuestionId is not null).ToLookup(m => m.QuestionId!.Value);
        var goods = written.ToDictionary(w => w.MessageId, w => w.Good);
        long lastAsked = 0, lastAnswered = 0;
        foreach (var question in questions)
        {
            var asked = messagesOf[question.Id].Select(m => m.MessageId).Order().ToList();
            Assert.NotEmpty(asked);
            if (asked[0] < lastAsked)
                Overtaken++;
            lastAsked = Math.Max(lastAsked, asked[^1]);
            var answers = replies.Where(r => r.QuestionId == question.Id && r.Purpose == "answer").ToList();
            if (question.Decision == "escalate")
            {
                Assert.Contains(replies, r => r.TicketId is not null);
                continue;
            }
            Assert.True(answers.Count == 1, $"Question {question} has {answers.Count} answers.");
            Assert.True(answers[0].Id > lastAnswered);
            lastAnswered = answers[0].Id;
            var text = bots[answers[0].SentMessageId!.Value].Text;
            Assert.Contains($"in the {written[0].Shop.Hall} hall", text);
            if (asked is [var one])
                Assert.Contains($"The {goods[one]} stands", text);
        }
    }

    private sealed record MessageRow(long BotId, long ChatId, long MessageId, string? Text, long? QuestionId, long? TicketId);

    private sealed record QuestionRow(long Id, long BotId, long ChatId, string Decision);

    private sealed record ReplyRow(long Id, long BotId, long ChatId, long? QuestionId, long? TicketId, string Purpose, short State, int Doubts, long? SentMessageId);
}
