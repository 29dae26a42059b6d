using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Support.Contracts;
using Support.Conversations;
using Support.Questions;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Questions;

public sealed class KeepTypingTests
{
    private static readonly BotId Bot = new(1);

    // A messenger that fails at every second time, which no real one does on demand.
    private readonly Mock<IMessenger> _messenger = new();
    private readonly ManualClock _clock = new();
    private int _shown;

    [Fact]
    public async Task It_shows_every_four_seconds_until_the_work_is_done_whatever_comes_of_showing()
    {
        _messenger.Setup(m => m.ShowTypingAsync(Bot, 7, null, It.IsAny<CancellationToken>()))
            .Returns(() => ++_shown % 2 == 0 ? throw new InvalidOperationException() : ValueTask.CompletedTask);
        var work = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var kept = new KeepTyping(_messenger.Object, _clock, NullLogger<KeepTyping>.Instance).WhileAsync(work.Task, Bot, 7, null, TestContext.Current.CancellationToken);
        for (var times = 1; times <= 3; times++)
        {
            _clock.Advance(await _clock.ArmedAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)));
            await Eventually.HoldsAsync(() => _shown == times, $"shown {times} times");
        }
        work.SetResult("answer");
        Assert.Equal("answer", await kept);
        Assert.Equal(3, _shown);
    }

    [Fact]
    public async Task What_is_done_at_once_shows_nothing()
    {
        Assert.Equal(5, await new KeepTyping(_messenger.Object, _clock, NullLogger<KeepTyping>.Instance).WhileAsync(Task.FromResult(5), Bot, 7, null, TestContext.Current.CancellationToken));
        _messenger.VerifyNoOtherCalls();
    }
}
