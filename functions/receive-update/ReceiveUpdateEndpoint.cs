using Support.Conversations;
using Support.Jobs;
using Support.Telegram;
using Support.Tenants;

namespace Support.Functions;

/// <summary>A raw update from the queue, in the desk's own words, to <see cref="ReceiveUpdate"/>.</summary>
public sealed partial class ReceiveUpdateEndpoint(BotDirectory bots, ReceiveUpdate handler, ChatTurns turns, ILogger<ReceiveUpdateEndpoint> logger)
{
    /// <summary>A bot that was taken out of the settings may come back with the next start; after a day without it the update is a dead letter.</summary>
    private static readonly TimeSpan WhileBotIsAway = TimeSpan.FromSeconds(30);

    public async Task<Verdict> RunAsync(TakenJob job, CancellationToken cancellation)
    {
        if (UpdateArrived.Read(job.Body) is not { } arrived || !UpdateReader.PeekUpdateId(arrived.Update.Span, out var updateId))
            return new Verdict.GiveUp("It is no update.");
        // Entered before anything is awaited: a host that starts jobs in the order of their arrival keeps it within a chat.
        using var turn = turns.Enter(arrived.Bot, UpdateReader.PeekChat(arrived.Update.Span));
        await turn.Comes.WaitAsync(cancellation);
        var bot = await bots.FindAsync(arrived.Bot, cancellation);
        if (bot is null || bot.Tenant != arrived.Tenant)
            return new Verdict.Later(WhileBotIsAway);
        if (arrived.Generation != 0 && arrived.Generation != bot.Generation)
        {
            Log.Revoked(logger, arrived.Bot, arrived.Generation);
            return Verdict.Finished;
        }
        var incoming = UpdateReader.Read(arrived.Update, new BotIdentity(bot.Id, bot.Username));
        return await handler.HandleAsync(bot, updateId, incoming, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An update for bot {Bot} came with the secret of generation {Generation}, which is revoked. Dropped.")]
        public static partial void Revoked(ILogger logger, BotId bot, int generation);
    }
}
