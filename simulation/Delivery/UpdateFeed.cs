using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Where updates come from: numbers one, keeps it until it is taken or expires, and wakes whoever takes it. Called under the world's gate.</summary>
internal sealed class UpdateFeed(World world, WebhookDelivery webhooks, Counters counters)
{
    // Telegram keeps updates for a day, and a callback query as long as it could still be answered.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    public static readonly TimeSpan CallbackLifetime = TimeSpan.FromSeconds(150);

    public void Emit(Bot bot, Func<long, Update> make)
    {
        var update = make(Math.Max(Bot.FirstUpdateId, bot.LastUpdateId + 1));
        if (!bot.Wants(update.Kind()))
            return;
        var expires = world.Now + (update.CallbackQuery is null ? Lifetime : CallbackLifetime);
        world.Commit(new JournalEntry { Update = new UpdateEmitted(bot.Id, update, expires.ToUnixTimeMilliseconds()) });
        counters.Emitted();
        bot.Poll?.Wake();
        webhooks.Wake(bot, UpdateKey.Of(update));
    }

    public void Expire(Bot bot)
    {
        foreach (var update in bot.Pending.ExpiredAt(world.Now))
        {
            world.Commit(new JournalEntry { Settled = new UpdateSettled(bot.Id, update.Update.UpdateId) });
            counters.Expired();
        }
    }
}
