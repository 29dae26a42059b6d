using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Support.Models;
using Support.OpenAi.Calls;
using Support.Simulation.Models;
using Support.Tenants;

namespace Support.Tests.OpenAi;

/// <summary>Pauses, limits, the breaker and the fallback.</summary>
public sealed class ModelLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3000)]
    [InlineData(1500)]
    public async Task A_service_is_asked_again_when_it_wants_to_be(int milliseconds)
    {
        await using var desk = await ModelDesk.OpenAsync();
        var asked = TimeSpan.FromMilliseconds(milliseconds);
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.TooManyRequestsWithPause) { Pause = asked, Next = 1 });

        var call = ModelPath.Chat.CallAsync(desk, Cancellation);
        var pause = await desk.Clock.ArmedAsync(asked, TimeSpan.FromSeconds(6));
        Assert.InRange(pause, asked, asked + TimeSpan.FromMilliseconds(200));
        Assert.Single(desk.Server.Requests);
        desk.Clock.Advance(pause);

        Assert.NotEqual("", await call);
        Assert.Equal(2, desk.Server.Requests.Count);
    }

    [Fact]
    public async Task A_longer_pause_than_anybody_wants_to_wait_is_not_waited_for()
    {
        await using var desk = await ModelDesk.OpenAsync();
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.TooManyRequestsWithPause) { Pause = TimeSpan.FromSeconds(20) });

        Assert.Equal(ModelFailure.Unavailable, (await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation))).Failure);
        Assert.Single(desk.Server.Requests);
    }

    [Fact]
    public async Task All_tries_together_end_in_time()
    {
        await using var desk = await ModelDesk.OpenAsync(("Timeout", "00:00:10"), ("TotalTime", "00:00:15"));
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.Hang));

        var call = ModelPath.Chat.CallAsync(desk, Cancellation);
        await desk.ServerGotAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        desk.Clock.Advance(await desk.Clock.ArmedAsync(TimeSpan.Zero, TimeSpan.FromSeconds(4)));
        await desk.ServerGotAsync(2);
        desk.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ModelFailure.Unavailable, (await Assert.ThrowsAsync<ModelException>(() => call)).Failure);
        Assert.Equal(2, desk.Server.Requests.Count);
        Assert.Equal(2, desk.Use.Calls.Count);
        // The service may have done the work all the same, and charge for it.
        Assert.All(desk.Use.Calls, call => Assert.InRange(call.PromptTokens, 1, 100));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Whatever_broke_off_may_have_cost_something(ModelPath path)
    {
        await using var desk = await ModelDesk.OpenAsync([("Retries", "0"), .. path.Settings()]);
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.Cut));
        await Assert.ThrowsAsync<ModelException>(() => path.CallAsync(desk, Cancellation));
        Assert.InRange(Assert.Single(desk.Use.Calls).PromptTokens, 1, 1_000);
    }

    public static TheoryData<ModelPath> Paths => [.. Enum.GetValues<ModelPath>().Where(path => !path.IsStream())];

    [Fact]
    public async Task What_never_reached_the_service_costs_nothing()
    {
        await using var desk = await ModelDesk.OpenAsync(("Endpoint", "http://127.0.0.1:1/v1"), ("Retries", "0"));
        await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.Equal(0, Assert.Single(desk.Use.Calls).PromptTokens);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_it()
    {
        await using var desk = await ModelDesk.OpenAsync(("Retries", "0"));
        desk.Server.Scripts.Add(_ => new string('a', (int)CappedResponses.Most + 1));
        Assert.Equal(ModelFailure.Unavailable, (await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation))).Failure);
        desk.Server.Scripts.Add(_ => new string('a', (int)CappedResponses.Most / 2));
        Assert.Equal((int)CappedResponses.Most / 2, (await ModelPath.Chat.CallAsync(desk, Cancellation)).Length);
    }

    [Fact]
    public async Task A_service_that_fails_most_calls_is_left_alone_and_tried_again_with_one()
    {
        await using var desk = await ModelDesk.OpenAsync(("Retries", "0"), ("BreakTime", "00:00:15"));
        desk.Server.Misbehaviours.Next(Trouble.ServerError, 11);
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation));

        // Also for whatever else goes to the same place with the same key.
        Assert.Equal(ModelFailure.Unavailable, (await Assert.ThrowsAsync<ModelException>(() => ModelPath.Embeddings.CallAsync(desk, Cancellation))).Failure);
        Assert.Equal(10, desk.Server.Requests.Count);
        Assert.Equal(10, desk.Use.Calls.Count);
        Assert.Contains("left alone", desk.Log.All, StringComparison.Ordinal);

        desk.Clock.Advance(TimeSpan.FromSeconds(16));
        await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation));
        await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.Equal(11, desk.Server.Requests.Count);

        desk.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.NotEqual("", await ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.NotEqual("", await ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.Equal(13, desk.Server.Requests.Count);
        Assert.Contains("answers again", desk.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_model_is_no_reason_to_leave_the_service_alone()
    {
        await using var desk = await ModelDesk.OpenAsync();
        desk.Server.Misbehaviours.Next(Trouble.WrongModel, 20);
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation));

        Assert.NotEqual("", await ModelPath.Chat.CallAsync(desk, Cancellation));
    }

    [Fact]
    public async Task No_more_calls_than_set_are_made_at_a_time()
    {
        await using var desk = await ModelDesk.OpenAsync(("MaxConcurrent", "2"));
        using var gate = new ManualResetEventSlim();
        var (now, most) = (0, 0);
        desk.Server.Scripts.Add(_ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            gate.Wait(Cancellation);
            Interlocked.Decrement(ref now);
            return "done";
        });

        // Two are made, two wait, and who would wait behind them is told at once.
        var calls = Enumerable.Range(0, 6).Select(_ => ModelPath.Chat.CallAsync(desk, Cancellation)).ToList();
        await desk.ServerGotAsync(2);
        Assert.Equal(2, calls.Count(call => call.IsFaulted && call.Exception!.InnerException is ModelException { Failure: ModelFailure.Unavailable }));
        gate.Set();
        await Task.WhenAll(calls.Where(call => !call.IsFaulted));

        Assert.InRange(most, 1, 2);
        Assert.Equal(4, desk.Server.Requests.Count);
    }

    [Theory]
    [InlineData(Trouble.ServerError, 3)]
    [InlineData(Trouble.WrongKey, 1)]
    [InlineData(Trouble.NoCredit, 1)]
    [InlineData(Trouble.EmptyAnswer, 3)]
    public async Task The_fallback_answers_when_the_first_service_gives_nothing(Trouble trouble, int tries)
    {
        await using var desk = await ModelDesk.OpenAsync(("FallbackEndpoint", "{1}v1"), ("FallbackModel", "chat-2"), ("FallbackKey", "other-key"));
        desk.Server.Misbehaviours.Add(new Misbehaviour(trouble));
        desk.Fallback.Scripts.Add(_ => "from the second");

        Assert.Equal("from the second", await desk.PassPausesAsync(ModelPath.Chat.CallAsync(desk, Cancellation)));
        Assert.Equal(tries, desk.Server.Requests.Count);
        var request = Assert.Single(desk.Fallback.Requests);
        Assert.Equal(("chat-2", "other-key"), (request.Model, request.Key));
        Assert.Equal(["chat-1", "chat-2"], desk.Use.Calls.Select(call => call.Model).Distinct());
        Assert.Null(desk.Use.Calls[^1].Failure);
    }

    [Theory]
    [MemberData(nameof(EveryPath))]
    public async Task Each_use_has_its_fallback(ModelPath path)
    {
        await using var desk = await ModelDesk.OpenAsync([.. path.Settings(), .. path.Fallback()]);
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.ServerError));

        Assert.NotEqual("", await desk.PassPausesAsync(path.CallAsync(desk, Cancellation)));

        Assert.Equal("none", Assert.Single(desk.Fallback.Requests).Key ?? "none");
        Assert.Null(desk.Use.Calls[^1].Failure);
    }

    public static TheoryData<ModelPath> EveryPath => [.. Enum.GetValues<ModelPath>()];

    [Fact]
    public async Task After_waiting_in_vain_the_fallback_is_asked_at_once()
    {
        await using var desk = await ModelDesk.OpenAsync(("FallbackEndpoint", "{1}v1"), ("FallbackModel", "chat-2"));
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.Hang));

        var call = ModelPath.Stream.CallAsync(desk, Cancellation);
        await desk.ServerGotAsync(1);
        desk.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.NotEqual("", await call);
        Assert.Single(desk.Server.Requests);
        // A key goes with its address: the first one's is not shown to the second.
        Assert.Equal("none", Assert.Single(desk.Fallback.Requests).Key);
    }

    [Fact]
    public async Task What_a_filter_refuses_is_not_taken_to_another()
    {
        await using var desk = await ModelDesk.OpenAsync(("FallbackEndpoint", "{1}v1"), ("FallbackModel", "chat-2"));
        desk.Server.Misbehaviours.Next(Trouble.Filtered);

        Assert.Equal(ModelFailure.Filtered, (await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation))).Failure);
        Assert.Empty(desk.Fallback.Requests);
    }

    [Fact]
    public async Task What_is_too_long_for_one_model_another_may_take()
    {
        await using var desk = await ModelDesk.OpenAsync(("FallbackEndpoint", "{1}v1"), ("FallbackModel", "chat-2"));
        desk.Server.Misbehaviours.Next(Trouble.TooLong);

        Assert.NotEqual("", await ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.Single(desk.Fallback.Requests);
    }

    [Fact]
    public async Task Over_its_budget_a_company_asks_nobody()
    {
        await using var desk = await ModelDesk.OpenAsync(services => services.AddSingleton<IModelLedger>(new SpentLedger()));

        foreach (var path in Enum.GetValues<ModelPath>())
            Assert.Equal(ModelFailure.OverBudget, (await Assert.ThrowsAsync<ModelException>(() => path.CallAsync(desk, Cancellation))).Failure);
        Assert.Empty(desk.Server.Requests);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = most; now > seen; seen = most)
            Interlocked.CompareExchange(ref most, now, seen);
    }

    private sealed class SpentLedger : IModelLedger
    {
        public ValueTask RefuseIfSpentAsync(TenantId tenant, CancellationToken cancellation) => ValueTask.FromException(new ModelException(ModelFailure.OverBudget, "spent"));

        public void Add(ModelUse use, ModelCall call) => Assert.Fail("Nothing was called.");
    }
}
