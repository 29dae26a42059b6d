using Microsoft.Extensions.Logging;
using Support.Conversations;
using Support.Tenants;

namespace Support.Questions;

/// <summary>An answer on its way, shown in a draft that the answer itself takes the place of. The newest text is shown; what came in between is passed over.</summary>
public sealed partial class AnswerDraft : IAsyncDisposable
{
    /// <summary>Telegram takes about one message a second for a chat.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The answer does not wait longer for a draft that is on its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IMessenger _messenger;
    private readonly TimeProvider _clock;
    private readonly ILogger<AnswerDraft> _logger;
    private readonly BotId _bot;
    private readonly long _chat;
    private readonly long? _thread;
    private readonly long _id;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly Lock _changing = new();
    private string? _next;
    private bool _isShowing;
    private bool _isOver;
    private Task _showing = Task.CompletedTask;

    /// <param name="id">The same for all that is shown of one answer; not 0.</param>
    internal AnswerDraft(IMessenger messenger, TimeProvider clock, ILogger<AnswerDraft> logger, BotId bot, long chat, long? thread, long id) =>
        (_messenger, _clock, _logger, _bot, _chat, _thread, _id) = (messenger, clock, logger, bot, chat, thread, id);

    /// <summary>Completes when nothing is on its way.</summary>
    internal Task Showing => _showing;

    /// <summary>Returns at once.</summary>
    public void Show(string text)
    {
        lock (_changing)
        {
            _next = text;
            if (_isShowing || _isOver)
                return;
            _isShowing = true;
            _showing = Task.Run(ShowNewestAsync);
        }
    }

    /// <summary>Nothing is shown afterwards: a draft that came after its answer would stand below it.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_changing)
            _isOver = true;
        await _end.CancelAsync();
        await Task.WhenAny(_showing, Task.Delay(Patience, _clock));
        await _giveUp.CancelAsync();
    }

    private async Task ShowNewestAsync()
    {
        while (Take() is { } text)
        {
            // What is refused once is refused again: by a service without drafts, or one that asks to wait.
            if (!await TryShowAsync(text))
                lock (_changing)
                    _isOver = true;
            else
                await Task.Delay(Pause, _clock, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string? Take()
    {
        lock (_changing)
        {
            var text = _isOver ? null : _next;
            (_next, _isShowing) = (null, text is not null);
            return text;
        }
    }

    private async Task<bool> TryShowAsync(string text)
    {
        try
        {
            return await _messenger.ShowDraftAsync(_bot, _chat, _thread, _id, text, _giveUp.Token);
        }
        catch (Exception e)
        {
            Log.NotShown(_logger, _bot, e.GetType().Name);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Bot {Bot} could not show what it writes ({Problem}).")]
        public static partial void NotShown(ILogger logger, BotId bot, string problem);
    }
}
