namespace Support.Telegram.Updates;

/// <summary>
/// Decides between webhook and polling for one bot, from what Telegram says of the webhook and whether the address answers.
/// It only decides; <see cref="WebhookOrPolling"/> acts.
/// </summary>
public sealed class WebhookWatch(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Telegram tries again within 2 minutes and waits up to a minute for the answer. An older error is over.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(4);

    // An address that answers us may still be out of Telegram's reach. Then every return costs five minutes of updates,
    // so returns become rarer, until the webhook has held for an hour.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Proven = TimeSpan.FromHours(1);

    private DateTimeOffset? _failingSince;
    private DateTimeOffset _changedAt = clock.GetUtcNow();
    private TimeSpan _wait;
    private TimeSpan _nextWait;

    /// <summary>The webhook was registered.</summary>
    public void Registered()
    {
        _changedAt = clock.GetUtcNow();
        _failingSince = null;
    }

    /// <summary>Telegram would not register the webhook, so it is polled.</summary>
    public void Refused() => Leave(clock.GetUtcNow());

    /// <summary>While the webhook is registered.</summary>
    /// <param name="lastPushed">When an update last came through it; null if unknown.</param>
    /// <returns>True: poll from now on.</returns>
    public bool ShouldPoll(WebhookState state, DateTimeOffset? lastPushed)
    {
        var now = clock.GetUtcNow();
        if (FailedAt(state, lastPushed, now) is not { } failedAt)
        {
            _failingSince = null;
            if (now - _changedAt >= Proven)
                _nextWait = TimeSpan.Zero;
            return false;
        }

        // An error from before the registration says nothing about it.
        _failingSince ??= failedAt > _changedAt ? failedAt : _changedAt;
        if (now - _failingSince < Patience)
            return false;
        Leave(now);
        return true;
    }

    /// <summary>While polling.</summary>
    /// <returns>True: register the webhook again.</returns>
    public bool ShouldRegister(bool addressAnswers) => addressAnswers && clock.GetUtcNow() - _changedAt >= _wait;

    private static DateTimeOffset? FailedAt(WebhookState state, DateTimeOffset? lastPushed, DateTimeOffset now) =>
        state.PendingUpdateCount > 0 && state.LastErrorAt is { } at && now - at < Fresh && !(lastPushed > at) ? at : null;

    private void Leave(DateTimeOffset now)
    {
        _changedAt = now;
        _failingSince = null;
        _wait = _nextWait;
        _nextWait = _nextWait == TimeSpan.Zero ? FirstWait : TimeSpan.FromTicks(Math.Min(_nextWait.Ticks * 2, LongestWait.Ticks));
    }
}
