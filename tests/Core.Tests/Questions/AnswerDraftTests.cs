using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Support.Contracts;
using Support.Conversations;
using Support.Questions;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Questions;

public sealed class AnswerDraftTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A messenger that holds a call for as long as a test wants, which no real one does.
    private readonly Mock<IMessenger> _messenger = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _shown = [];
    private CancellationToken _given;
    private Func<string, Task<bool>> _showing = _ => Task.FromResult(true);

    public AnswerDraftTests() => _messenger.Setup(m => m.ShowDraftAsync(new BotId(1), 7, null, 5, It.IsAny<string>(), It.IsAny<CancellationToken>()))
        .Returns((BotId _, long _, long? _, long _, string text, CancellationToken given) =>
        {
            lock (_shown)
                _shown.Add(text);
            _given = given;
            return new ValueTask<bool>(_showing(text));
        });

    [Fact]
    public async Task The_newest_is_shown_once_a_second()
    {
        await using var draft = Begin();
        draft.Show("One.");
        var pause = await _clock.ArmedAsync(Pause, Pause);
        draft.Show("One. Two.");
        draft.Show("One. Two. Three.");
        Assert.Equal(["One."], _shown);
        _clock.Advance(pause);
        await Eventually.HoldsAsync(() => _shown.Count == 2, "the newest is shown");
        Assert.Equal(["One.", "One. Two. Three."], _shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_refusal_nothing_more_is_shown(bool isThrown)
    {
        _showing = _ => isThrown ? throw new HttpRequestException() : Task.FromResult(false);
        await using var draft = Begin();
        draft.Show("One.");
        await draft.Showing;
        draft.Show("One. Two.");
        await draft.Showing;
        Assert.Equal(["One."], _shown);
    }

    [Fact]
    public async Task The_answer_waits_for_a_draft_on_its_way_and_nothing_comes_after()
    {
        var held = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _showing = _ =>
        {
            begun.TrySetResult();
            return held.Task;
        };
        var draft = Begin();
        draft.Show("One.");
        await begun.Task;
        draft.Show("One. Two.");
        var ended = draft.DisposeAsync().AsTask();
        Assert.False(ended.IsCompleted);
        held.SetResult(true);
        await ended;
        Assert.Equal(["One."], _shown);
    }

    [Fact]
    public async Task The_answer_waits_a_second_at_most()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _showing = _ =>
        {
            begun.TrySetResult();
            return new TaskCompletionSource<bool>().Task;
        };
        var draft = Begin();
        draft.Show("One.");
        await begun.Task;
        var ended = draft.DisposeAsync().AsTask();
        _clock.Advance(await _clock.ArmedAsync(Pause, Pause));
        await ended;
        Assert.True(_given.IsCancellationRequested);
    }

    private AnswerDraft Begin() => new(_messenger.Object, _clock, NullLogger<AnswerDraft>.Instance, new BotId(1), 7, null, 5);
}
