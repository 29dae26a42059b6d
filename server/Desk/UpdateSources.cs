using Dapper;
using Microsoft.Extensions.Options;
using Support.Conversations;
using Support.Database;
using Support.Functions;
using Support.Jobs;
using Support.Telegram;
using Support.Telegram.Updates;
using Support.Tenants;
using Support.Tickets;

namespace Support.Server.Desk;

/// <summary>Keeps the updates of every bot coming. Of all processes on one database, the holder of a bot's lease does it.</summary>
public sealed partial class UpdateSources(
    DeskDatabase database,
    WorkerInstance instance,
    BotDirectory bots,
    TenantSetup setup,
    BotApiClient api,
    WebhookOrPolling coming,
    AddressProbe probe,
    WebhookKeys keys,
    WebhookActivity activity,
    IWorkQueue queue,
    IOptions<TelegramOptions> telegram,
    TimeProvider clock,
    ILogger<UpdateSources> logger)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken stopping)
    {
        var running = new Dictionary<BotId, Task>();
        while (true)
        {
            try
            {
                foreach (var bot in await bots.AllAsync(stopping))
                    running.TryAdd(bot, RunBotAsync(bot, stopping));
            }
            catch (Exception e) when (DeskDatabase.IsAway(e))
            {
                Log.DatabaseAway(logger);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Log.BotsUnknown(logger, e);
            }
            await Task.Delay(TimeSpan.FromSeconds(5), clock, stopping);
        }
    }

    private async Task RunBotAsync(BotId bot, CancellationToken stopping)
    {
        var said = false;
        while (true)
        {
            try
            {
                var lease = Lease.On($"updates:{bot}");
                if (await TryAsync(lease.Take(instance), stopping))
                {
                    said = false;
                    await WhileHeldAsync(bot, lease, stopping);
                }
            }
            catch (Exception e) when (DeskDatabase.IsAway(e))
            {
                // Once, not at each try: the database may be away for hours.
                if (!said)
                    Log.LeaseLost(logger, bot);
                said = true;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Log.SourceFailed(logger, bot, e);
                await Task.Delay(TimeSpan.FromSeconds(20), clock, stopping);
            }
            await Task.Delay(TimeSpan.FromSeconds(2), clock, stopping);
        }
    }

    private async Task WhileHeldAsync(BotId bot, Lease lease, CancellationToken stopping)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var work = BringAsync(bot, held.Token);
        try
        {
            while (!work.IsCompleted)
            {
                await Task.WhenAny(work, Task.Delay(Renewal, clock, stopping));
                // Another process may have started with settings that hold the bot no more.
                if (!await TryAsync(lease.Extend(), stopping) || await bots.FindAsync(bot, stopping) is null)
                    break;
            }
        }
        finally
        {
            // Nobody may go on fetching updates without the lease.
            await held.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (work.IsFaulted)
            await work;
    }

    private async Task BringAsync(BotId id, CancellationToken cancellation)
    {
        if (await bots.FindAsync(id, cancellation) is not { } bot || await bots.TokenAsync(id, cancellation) is not { } text)
            return;
        var token = BotToken.Parse(text);
        if (await api.GetMeAsync(token, cancellation) is ApiResult<BotProfile>.Ok { Value: var me } && me.Username != bot.Username)
            await setup.EnsureBotAsync(bot.Tenant, id, text, me.Username ?? "", cancellation);
        var publicUrl = telegram.Value.PublicUrl;
        var secret = WebhookSecret.Make(keys.Current, bot.Tenant, id, bot.Generation);
        await coming.RunAsync(new UpdateSource
        {
            Token = token,
            Webhook = publicUrl is null ? null : WebhookAddress.Of(publicUrl, bot.Tenant, id, secret),
            Received = (updates, token) => QueueAsync(bot, updates, token),
            LastPushed = _ => ValueTask.FromResult(activity.LastOf(id)),
            AddressAnswers = token => publicUrl is null ? ValueTask.FromResult(false) : probe.AnswersAsync(publicUrl, token),
            Notify = (notice, token) => TellAsync(id, notice, token),
        }, cancellation);
    }

    private async ValueTask QueueAsync(BotInfo bot, IReadOnlyList<RawUpdate> updates, CancellationToken cancellation)
    {
        // Those of one chat one after another: of two commits under way the second may be the first to end. All chats at once, so that they share commits.
        await Task.WhenAll(updates.GroupBy(update => UpdateReader.PeekChat(update.Json.Span)).Select(async chat =>
        {
            foreach (var update in chat)
                await queue.PutAsync(Queues.Updates, new UpdateArrived(bot.Tenant, bot.Id, 0, update.Json).ToBytes(), TimeSpan.Zero, cancellation);
        }));
    }

    private async ValueTask TellAsync(BotId id, WebhookNotice notice, CancellationToken cancellation)
    {
        if (await bots.FindAsync(id, cancellation) is not { CardsChat: { } chat } bot)
            return;
        await using var transaction = await database.BeginAsync(bot.Tenant, cancellation);
        var language = await AdminsLanguage.FindAsync(transaction, cancellation);
        var html = notice is WebhookNotice.PollingInstead polling
            ? Phrases.Html(language, "webhook.polling", polling.Problem)
            : Phrases.Html(language, "webhook.back");
        await Outbox.AddAsync(transaction, id, new OutboxMessage(chat, Purposes.Notice, new Outgoing.SendText(html)), clock.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
    }

    private async Task<bool> TryAsync(Npgsql.NpgsqlBatchCommand command, CancellationToken cancellation)
    {
        await using var batch = database.Light.CreateBatch();
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellation);
        return command.RecordsAffected > 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The database is away; the list of bots waits.")]
        public static partial void DatabaseAway(ILogger logger);

        [LoggerMessage(2, LogLevel.Debug, "The updates of bot {Bot} are looked after by whoever takes the lease next.")]
        public static partial void LeaseLost(ILogger logger, BotId bot);

        [LoggerMessage(3, LogLevel.Error, "The list of bots could not be read; it is tried again.")]
        public static partial void BotsUnknown(ILogger logger, Exception e);

        [LoggerMessage(4, LogLevel.Error, "Getting the updates of bot {Bot} failed; it is tried again.")]
        public static partial void SourceFailed(ILogger logger, BotId bot, Exception e);
    }
}
