using Support.Database;
using Support.Tenants;

namespace Support.Conversations;

/// <summary>All that the handling of one update shares: one transaction, one moment, one bot.</summary>
public sealed class UpdateScope(TenantTransaction transaction, BotInfo bot, DateTimeOffset now)
{
    private readonly List<Func<IMessenger, CancellationToken, ValueTask>> _afterwards = [];

    public TenantTransaction Transaction { get; } = transaction;

    public BotInfo Bot { get; } = bot;

    public DateTimeOffset Now { get; } = now;

    /// <summary>What was looked for in the index before the transaction began.</summary>
    internal FoundBefore Before { get; init; } = FoundBefore.Nothing;

    /// <summary>Somebody was appointed, or the admins' chat changed: what the directory knows is old after the commit.</summary>
    public bool StaffChanged { get; set; }

    public IReadOnlyList<Func<IMessenger, CancellationToken, ValueTask>> Afterwards => _afterwards;

    /// <summary>Best effort, after the commit: typing, a button's spinner. Nothing that must not be lost.</summary>
    public void Afterward(Func<IMessenger, CancellationToken, ValueTask> effect) => _afterwards.Add(effect);

    /// <summary>Ends a button's spinner after the commit, with a notice.</summary>
    public void AnswerButton(string queryId, string? notice, bool alert = false) =>
        Afterward((messenger, cancellation) => messenger.AnswerButtonAsync(Bot.Id, queryId, notice, alert, cancellation));

    public Task<long> SendAsync(OutboxMessage message, CancellationToken cancellation) =>
        Outbox.AddAsync(Transaction, Bot.Id, message, Now, cancellation);
}
