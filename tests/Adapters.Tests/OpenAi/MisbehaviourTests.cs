using Microsoft.Extensions.AI;
using Support.Models;
using Support.Simulation.Models;

namespace Support.Tests.OpenAi;

/// <summary>Whatever a service does wrong, in whichever way it is asked: one kind of failure, tried again where that may help, and no secret or customer's word in what is told.</summary>
public sealed class MisbehaviourTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<ModelPath, Trouble> All()
    {
        var all = new TheoryData<ModelPath, Trouble>();
        foreach (var path in Enum.GetValues<ModelPath>())
            foreach (var trouble in Enum.GetValues<Trouble>().Where(trouble => trouble is not (Trouble.Hang or Trouble.HangMidway)))
                all.Add(path, trouble);
        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_always_goes_wrong_ends_as_one_kind_of_failure(ModelPath path, Trouble trouble)
    {
        await using var desk = await ModelDesk.OpenAsync(path.Settings());
        desk.Server.Misbehaviours.Add(new Misbehaviour(trouble));

        var call = desk.PassPausesAsync(path.CallAsync(desk, Cancellation));
        if (Expected(path, trouble) is not { } failure)
        {
            Assert.NotEqual("", await call);
            Assert.Null(Assert.Single(desk.Use.Calls).Failure);
            return;
        }

        var thrown = await Assert.ThrowsAsync<ModelException>(() => call);
        Assert.Equal(failure, thrown.Failure);
        var tries = desk.Server.Requests.Count;
        // A dropped connection may take along words that were on their way; what has given out none is begun anew.
        if (!path.IsStream() || trouble != Trouble.Cut)
            Assert.Equal(MayRepeat(path, trouble) ? 3 : 1, tries);
        Assert.Equal(Enumerable.Repeat<ModelFailure?>(failure, tries), desk.Use.Calls.Select(one => one.Failure));
        foreach (var told in new[] { thrown.ToString(), desk.Log.All })
        {
            Assert.DoesNotContain(ModelDesk.Key[^12..], told, StringComparison.Ordinal);
            Assert.DoesNotContain("How long is the warranty", told, StringComparison.Ordinal);
        }
    }

    public static TheoryData<ModelPath, Trouble> Passing()
    {
        var passing = new TheoryData<ModelPath, Trouble>();
        foreach (var (path, trouble) in All().Select(row => row.Data).Where(one => MayRepeat(one.Item1, one.Item2) && Expected(one.Item1, one.Item2) is not null))
            passing.Add(path, trouble);
        return passing;
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_goes_wrong_once_is_not_noticed_where_trying_again_helps(ModelPath path, Trouble trouble)
    {
        await using var desk = await ModelDesk.OpenAsync(path.Settings());
        desk.Server.Misbehaviours.Next(trouble);

        Assert.NotEqual("", await desk.PassPausesAsync(path.CallAsync(desk, Cancellation)));
        Assert.Equal(2, desk.Server.Requests.Count);
        Assert.Equal(2, desk.Use.Calls.Count);
        Assert.Null(desk.Use.Calls[1].Failure);
    }

    public static TheoryData<ModelPath> Paths() => [.. Enum.GetValues<ModelPath>()];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_service_that_hangs_is_given_up_in_time(ModelPath path)
    {
        await using var desk = await ModelDesk.OpenAsync([.. path.Settings(), ("Retries", "0")]);
        desk.Server.Misbehaviours.Next(Trouble.Hang);

        var call = path.CallAsync(desk, Cancellation);
        await desk.ServerGotAsync(1);
        desk.Clock.Advance(path.Limit());

        var thrown = await Assert.ThrowsAsync<ModelException>(() => call);
        Assert.Equal((ModelFailure.Unavailable, true), (thrown.Failure, thrown.IsTimeout));
    }

    [Fact]
    public async Task A_stream_that_hangs_behind_its_first_words_is_given_up_in_time()
    {
        await using var desk = await ModelDesk.OpenAsync(("Retries", "0"));
        desk.Server.Misbehaviours.Next(Trouble.HangMidway);
        desk.Server.Scripts.Add(_ => "The warranty is two years from the day of purchase");
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var call = ReadAsync();
        await begun.Task;
        desk.Clock.Advance(await desk.Clock.ArmedAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)));

        Assert.Equal(ModelFailure.Unavailable, (await Assert.ThrowsAsync<ModelException>(() => call)).Failure);
        Assert.True(Assert.Single(desk.Use.Calls) is { Failure: ModelFailure.Unavailable, PromptTokens: > 0, CompletionTokens: > 0 });

        async Task ReadAsync()
        {
            await foreach (var update in desk.Models.Chat(ModelRole.Answer, desk.Use).GetStreamingResponseAsync("How long is the warranty?", cancellationToken: Cancellation))
                if (update.Text.Length > 0)
                    begun.TrySetResult();
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Whoever_asked_may_give_up_and_only_that_is_a_cancellation(ModelPath path)
    {
        await using var desk = await ModelDesk.OpenAsync(path.Settings());
        desk.Server.Misbehaviours.Next(Trouble.Hang);
        using var giveUp = new CancellationTokenSource();

        var call = path.CallAsync(desk, giveUp.Token);
        await desk.ServerGotAsync(1);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(desk.Server.Requests);
    }

    private static bool MayRepeat(ModelPath path, Trouble trouble) => path switch
    {
        // Words that were given out cannot be taken back.
        ModelPath.Stream or ModelPath.StructuredStream when trouble is Trouble.Cut or Trouble.QuietEnd => false,
        ModelPath.StructuredStream when trouble is Trouble.InvalidJson or Trouble.WrongSchema => false,
        // Silence stays silence.
        ModelPath.Transcription when trouble is Trouble.EmptyAnswer or Trouble.InvalidJson or Trouble.WrongSchema => false,
        _ => trouble is not (Trouble.NoCredit or Trouble.Filtered or Trouble.FilteredMidway or Trouble.TooLong or Trouble.WrongKey or Trouble.WrongModel),
    };

    private static ModelFailure? Expected(ModelPath path, Trouble trouble)
    {
        var isChat = path is ModelPath.Chat or ModelPath.Structured or ModelPath.Picture || path.IsStream();
        return trouble switch
        {
            Trouble.TooManyRequests or Trouble.TooManyRequestsWithPause or Trouble.NoCredit or Trouble.ServerError or Trouble.Cut or Trouble.QuietEnd => ModelFailure.Unavailable,
            Trouble.InvalidBody or Trouble.EmptyAnswer => ModelFailure.BadAnswer,
            // Words are words, whatever they look like.
            Trouble.InvalidJson or Trouble.WrongSchema => path is ModelPath.Chat or ModelPath.Stream ? null : ModelFailure.BadAnswer,
            // Whoever asked judges these.
            Trouble.WrongLanguage or Trouble.FalseCitations => null,
            Trouble.WrongLength => path is ModelPath.Embeddings or ModelPath.Rerank or ModelPath.Tei ? ModelFailure.BadAnswer : null,
            Trouble.Filtered => ModelFailure.Filtered,
            Trouble.TooLong => ModelFailure.Refused,
            Trouble.FilteredMidway => isChat ? ModelFailure.Filtered : null,
            Trouble.WrongKey or Trouble.WrongModel => ModelFailure.Misconfigured,
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };
    }
}
