using System.Text;
using Microsoft.Extensions.AI;
using Support.Models;
using Support.OpenAi.Calls;

namespace Support.OpenAi.Chat;

/// <summary>An answer that arrives in parts. It was opened when its first words had come; each further part may take as long as a try.</summary>
internal sealed class ChatStream : IOpenAnswer
{
    private readonly ChatRequest _request;
    private readonly CallTry _attempt;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly List<ChatResponseUpdate> _first = [];
    private readonly StringBuilder _text = new();
    private UsageDetails? _usage;
    private ChatFinishReason? _reason;

    private ChatStream(IChatClient client, IReadOnlyList<ChatMessage> messages, ChatRequest request, CallTry attempt, TimeProvider clock, CancellationToken caller)
    {
        (_request, _attempt, _clock, _caller) = (request, attempt, clock, caller);
        attempt.Sends(() => ChatCall.TokensOf(messages));
        _limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _limit.Token);
        _updates = client.GetStreamingResponseAsync(messages, request.Options, _either.Token).GetAsyncEnumerator(_either.Token);
    }

    /// <param name="caller">Ends the stream whenever it comes.</param>
    /// <param name="opening">Ends only the wait for the first words.</param>
    public static async Task<ChatStream> OpenAsync(
        IChatClient client, IReadOnlyList<ChatMessage> messages, ChatRequest request, CallTry attempt, TimeProvider clock, CancellationToken caller, CancellationToken opening)
    {
        var stream = new ChatStream(client, messages, request, attempt, clock, caller);
        try
        {
            using (opening.Register(stream._either.Cancel))
                while (stream._text.Length == 0 && await stream.NextAsync() is { } update)
                    stream._first.Add(update);
            opening.ThrowIfCancellationRequested();
            if (stream._text.Length == 0)
                stream.CheckWhole();
            attempt.IsStream = true;
            return stream;
        }
        catch
        {
            await stream.ReleaseAsync();
            throw;
        }
    }

    /// <exception cref="ModelException">It broke off, or is not what was asked for.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync()
    {
        foreach (var update in _first)
            yield return update;
        while (await NextOrFailAsync() is { } update)
            yield return update;
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever stops reading in the middle had what was needed; what it cost until then is an estimate.
        Count();
        _attempt.End(null);
        await ReleaseAsync();
    }

    private async Task<ChatResponseUpdate?> NextOrFailAsync()
    {
        try
        {
            _limit.CancelAfter(_attempt.Limit);
            if (await NextAsync() is { } update)
                return update;
            CheckWhole();
            return null;
        }
        catch (OperationCanceledException) when (_caller.IsCancellationRequested)
        {
            Failed(ModelFailure.Unavailable);
            throw;
        }
        catch (Exception e)
        {
            var failed = _limit.IsCancellationRequested ? FailureReader.TimedOut(_attempt.Target, _attempt.Limit) : FailureReader.Read(e, _attempt.Target, _clock.GetUtcNow());
            Failed(failed.Failure);
            throw new ModelException(failed.Failure, failed.Message);
        }
    }

    private async Task<ChatResponseUpdate?> NextAsync()
    {
        if (!await _updates.MoveNextAsync())
            return null;
        var update = _updates.Current;
        _text.Append(update.Text);
        _reason = update.FinishReason ?? _reason;
        foreach (var usage in update.Contents.OfType<UsageContent>())
            _usage = usage.Details;
        return update;
    }

    /// <summary>After the last part.</summary>
    private void CheckWhole()
    {
        Count();
        if (_reason is null && _text.Length > 0)
            throw new CallFailedException(ModelFailure.Unavailable, $"The answer of {_attempt.Target} broke off.") { MayRepeat = true };
        ChatAnswerCheck.Check(_reason, _text.ToString(), _request.Schema, _attempt.Target);
    }

    private void Count() => _attempt.Count(_usage, _text.ToString());

    private void Failed(ModelFailure failure)
    {
        Count();
        _attempt.End(failure);
    }

    private async ValueTask ReleaseAsync()
    {
        await _either.CancelAsync();
        try
        {
            await _updates.DisposeAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Net.Http.HttpRequestException)
        {
            // It is over anyway.
        }
        _either.Dispose();
        _limit.Dispose();
    }
}
