using System.Collections.Concurrent;
using Support.Tenants;

namespace Support.Functions;

/// <summary>When each bot's webhook last brought something, as far as this process saw: the sign that Telegram reaches us.</summary>
public sealed class WebhookActivity(TimeProvider clock)
{
    private readonly ConcurrentDictionary<BotId, DateTimeOffset> _last = new();

    public void Received(BotId bot) => _last[bot] = clock.GetUtcNow();

    public DateTimeOffset? LastOf(BotId bot) => _last.TryGetValue(bot, out var at) ? at : null;
}
