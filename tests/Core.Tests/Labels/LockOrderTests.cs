using Support.Contracts;
using Support.Conversations;
using Support.Database;
using Support.Knowledge;
using Support.Tests.Questions;

namespace Support.Tests.Labels;

/// <summary>
/// Two transactions that both change a conversation and write labels, at once. The test holds a row that the one needs in the middle; were the other to take the
/// tenant's row before the conversation's, PostgreSQL would end one of them as deadlocked.
/// </summary>
public sealed class LockOrderTests : IAsyncLifetime
{
    private const string Asked = "Return a gift card?";
    private const string Unclear = "And what of the lamp?";

    private TalkDesk _desk = null!;
    private IReadOnlyList<Support.Retrieval.Passage> _passages = [];

    public async ValueTask InitializeAsync()
    {
        _desk = await TalkDesk.OpenAsync();
        _passages = await _desk.PublishAsync(Audience.Customers, ("Gift cards", 1), ("Returns", .9));
    }

    [Fact]
    public async Task A_choice_is_pressed_while_a_colleague_sends_the_draft_of_the_same_conversation()
    {
        _desk.Finds(Asked, _passages, confidence: .3);
        var offer = (await _desk.WriteAsync(Asked))[^1];
        _desk.Finds(Unclear, [_passages[1]], confidence: .05);
        await _desk.WriteAsync(Unclear);

        await AtOnceAsync(_desk.SendDraftAsync, () => _desk.ReceiveAsync(TalkDesk.PressOf(offer, ":pick:0")));

        Assert.Equal(["admin"], await _desk.AllAsync<string>("select source from label"));
        Assert.Null(await _desk.OneAsync<int?>("select chosen from question where decision = 'choose'"));
    }

    [Fact]
    public async Task Not_helpful_is_pressed_while_the_customer_has_everything_erased()
    {
        await _desk.CommandAsync("human");
        await _desk.CloseAsync();
        _desk.Finds(Asked, [_passages[0]], confidence: .9);
        var answer = (await _desk.WriteAsync(Asked))[^1];

        await AtOnceAsync(() => _desk.CommandAsync("forget"), () => _desk.ReceiveAsync(TalkDesk.PressOf(answer, ":down")));

        Assert.Equal(0, await _desk.OneAsync<long>("select count(*) from label") + await _desk.OneAsync<long>("select count(*) from ticket"));
    }

    /// <summary>The first waits for the ticket's row with the conversation in hand; then the second begins.</summary>
    private async Task AtOnceAsync(Func<Task> first, Func<Task> second)
    {
        Task one, two;
        await using (var held = await _desk.Get<DeskDatabase>().BeginAsync(_desk.Bot.Tenant, CancellationToken.None))
        {
            await held.FirstAsync<long>("select id from ticket for no key update", null, CancellationToken.None);
            one = first();
            await WaitingAsync(1);
            two = second();
            await WaitingAsync(2);
        }
        await one;
        await two;
    }

    private Task WaitingAsync(int transactions) => Eventually.HoldsAsync(
        async () => await _desk.OneAsync<long>("select count(distinct pid) from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())") == transactions,
        $"{transactions} wait for a lock");

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
