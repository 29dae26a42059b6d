using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Conversations;
using Support.Database;
using Support.Generation;
using Support.Jobs;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;
using Support.Tests.Tickets;
using Support.Tickets;
using Xunit;

namespace Support.Tests.Questions;

/// <summary>From a message to the outbox on a real PostgreSQL, step by step, so that something can happen between the steps.</summary>
public sealed class AnsweringTests : IAsyncLifetime
{
    private const long Customer = 5001;
    private static readonly Decided AskBack = new(new Decision.AskBack("ask.again"), new Retrieved([], 0, new Dictionary<string, double>(), 0, 0), "en", false);

    private readonly ManualClock _clock = new();
    private TicketDesk _desk = null!;
    private WorkerInstance _instance = null!;
    private PostgresWorkQueue _rows = null!;
    private LocalWorkQueue _queue = null!;
    private ClaimedReplies _claimed = null!;
    private CustomerMessages _customers = null!;
    private DueConversations _due = null!;
    private RecordAnswer _record = null!;
    private long _lastUpdate;

    public async ValueTask InitializeAsync()
    {
        _desk = await TicketDesk.CreateAsync();
        var signals = new QueueSignals(_clock);
        _instance = new WorkerInstance(_desk.Database, _clock);
        _rows = new PostgresWorkQueue(_desk.Database, _instance, signals, new AcknowledgeFirst(_clock));
        _queue = new LocalWorkQueue(_rows, signals, _clock);
        _claimed = new ClaimedReplies(_desk.Database, _queue, new SendLimits(_clock), _clock);
        var options = Options.Create(new ConversationOptions { BurstSeconds = 1, LongestBurstSeconds = 2 });
        _customers = new CustomerMessages(_desk.Database, options);
        _due = new DueConversations(_desk.Database, options, Options.Create(new GenerationOptions()), _clock);
        _record = new RecordAnswer(_desk.Database, _instance, _claimed, new OpenTicket(), new PassToAdmins());
    }

    [Fact]
    public async Task What_arrives_while_the_answer_is_made_is_due_next_however_long_the_burst_has_lasted()
    {
        var conversation = await WriteAsync(1, "one");
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        await WriteAsync(2, "two");
        // Longer than a burst may last: both messages have made the conversation due at the same moment.
        _clock.Advance(TimeSpan.FromSeconds(10));
        var (lease, talk) = await LeaseAsync(conversation);
        await WriteAsync(3, "three");

        var recorded = await _record.StoreAsync(_desk.Bot, _clock.GetUtcNow(), talk, AskBack, lease, CancellationToken.None);

        Assert.Equal(RecordedAs.Stored, recorded.As);
        Assert.Contains(recorded.WakeUps, wakeUp => wakeUp.Queue == Queues.Questions);
        var (_, next) = await LeaseAsync(conversation);
        Assert.Equal(["three"], next.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task What_was_written_apart_and_arrives_at_once_stays_apart()
    {
        var written = _clock.GetUtcNow();
        var conversation = await WriteAsync(1, "one", written);
        await WriteAsync(2, "one, second half", written.AddSeconds(1));
        await WriteAsync(3, "two", written.AddSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(10));

        var (lease, talk) = await LeaseAsync(conversation);
        var recorded = await _record.StoreAsync(_desk.Bot, _clock.GetUtcNow(), talk, AskBack, lease, CancellationToken.None);

        Assert.Equal(["one", "one, second half"], talk.Messages.Select(m => m.Text));
        Assert.Contains(recorded.WakeUps, wakeUp => wakeUp.Queue == Queues.Questions);
        var (_, next) = await LeaseAsync(conversation);
        Assert.Equal(["two"], next.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task The_first_reply_is_claimed_where_it_is_written_and_the_next_one_waits_for_its_turn()
    {
        var conversation = await WriteAsync(1, "one");
        await AnswerAsync(conversation);
        var first = await _claimed.TakeAsync(_desk.Bot.Id, Customer, CancellationToken.None);
        Assert.Equal(1, first?.Message.Attempts);

        // The first one is still on its way.
        _clock.Advance(TimeSpan.FromSeconds(10));
        await WriteAsync(2, "two");
        await AnswerAsync(conversation);

        Assert.Null(await _claimed.TakeAsync(_desk.Bot.Id, Customer, CancellationToken.None));
        Assert.Equal([1, 0], await StatesAsync());
    }

    [Fact]
    public async Task Where_wake_ups_may_reach_another_process_nothing_is_claimed()
    {
        var record = new RecordAnswer(_desk.Database, _instance, new ClaimedReplies(_desk.Database, _rows, new SendLimits(_clock), _clock), new OpenTicket(), new PassToAdmins());
        var conversation = await WriteAsync(1, "one");
        _clock.Advance(TimeSpan.FromSeconds(10));
        var (lease, talk) = await LeaseAsync(conversation);

        await record.StoreAsync(_desk.Bot, _clock.GetUtcNow(), talk, AskBack, lease, CancellationToken.None);

        Assert.Equal([0], await StatesAsync());
    }

    [Fact]
    public async Task Whoever_has_lost_the_lease_writes_nothing_and_leaves_the_chat_to_others()
    {
        var conversation = await WriteAsync(1, "one");
        _clock.Advance(TimeSpan.FromSeconds(10));
        var (lease, talk) = await LeaseAsync(conversation);
        await lease.ReleaseAsync(_desk.Database.Source, CancellationToken.None);

        var recorded = await _record.StoreAsync(_desk.Bot, _clock.GetUtcNow(), talk, AskBack, lease, CancellationToken.None);

        Assert.Equal(RecordedAs.LeaseLost, recorded.As);
        Assert.Empty(await StatesAsync());
        Assert.Null(await _claimed.TakeAsync(_desk.Bot.Id, Customer, CancellationToken.None));
        Assert.IsType<LeasedConversation.Due>(await _due.LeaseAsync(_desk.Bot.Tenant, conversation, Lease.OnConversation(conversation), _instance, CancellationToken.None));
        var lane = new OutboxLane(_desk.Database, new ShowWaiting(), new CardSent(), _clock);
        Assert.IsType<LaneClaim.Empty>(await lane.ClaimAsync(_desk.Bot.Tenant, _desk.Bot.Id, Customer, Lease.OnChat(_desk.Bot.Id, Customer), _instance, CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_was_edited_while_the_answer_was_made_is_asked_again()
    {
        var conversation = await WriteAsync(1, "one");
        _clock.Advance(TimeSpan.FromSeconds(10));
        var (lease, talk) = await LeaseAsync(conversation);
        await EditAsync(1, "one, better said");

        await _record.StoreAsync(_desk.Bot, _clock.GetUtcNow(), talk, AskBack, lease, CancellationToken.None);

        var (_, next) = await LeaseAsync(conversation);
        Assert.Equal(["one, better said"], next.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task The_same_update_is_a_message_once()
    {
        await WriteAsync(1, "one");
        _lastUpdate--;
        Assert.Null(await _customers.ReceiveAsync(_desk.Bot, NextKey(), Message(1, "one"), _clock.GetUtcNow(), CancellationToken.None));
    }

    private async Task<long> WriteAsync(long message, string text, DateTimeOffset? sent = null)
    {
        var arrived = await _customers.ReceiveAsync(_desk.Bot, NextKey(), Message(message, text) with { SentAt = sent ?? _clock.GetUtcNow() }, _clock.GetUtcNow(), CancellationToken.None);
        using var body = System.Text.Json.JsonDocument.Parse(arrived!.WakeUp!.Body);
        return body.RootElement.GetProperty("conversation").GetInt64();
    }

    private async Task EditAsync(long message, string text)
    {
        await using var transaction = await _desk.Database.BeginAsync(_desk.Bot.Tenant, CancellationToken.None);
        await new MessageEdits().ApplyAsync(new UpdateScope(transaction, _desk.Bot, _clock.GetUtcNow()), Message(message, text), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task AnswerAsync(long conversation)
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        var (lease, talk) = await LeaseAsync(conversation);
        await _record.StoreAsync(_desk.Bot, _clock.GetUtcNow(), talk, AskBack, lease, CancellationToken.None);
    }

    private async Task<(Lease Lease, LeasedConversation.Due Talk)> LeaseAsync(long conversation)
    {
        var lease = Lease.OnConversation(conversation);
        return (lease, Assert.IsType<LeasedConversation.Due>(await _due.LeaseAsync(_desk.Bot.Tenant, conversation, lease, _instance, CancellationToken.None)));
    }

    private async Task<IReadOnlyList<short>> StatesAsync()
    {
        await using var transaction = await _desk.Database.BeginAsync(_desk.Bot.Tenant, CancellationToken.None);
        return await transaction.QueryAsync<short>("select state from outbox order by id", null, CancellationToken.None);
    }

    private UpdateKey NextKey() => new(_desk.Bot.Id, ++_lastUpdate);

    private IncomingMessage Message(long id, string text) =>
        new(new Chat(Customer, ChatKind.Private, null, false), new Sender(Customer, "Ann", null, null, "en", false), id, null, _clock.GetUtcNow()) { Text = text };

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _rows.DisposeAsync();
    }
}
