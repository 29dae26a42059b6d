using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Support.Database;
using Support.Retrieval.Outside;
using Support.Telegram;
using Support.Telegram.Updates;
using Support.Tenants;

namespace Support.Functions;

/// <summary>
/// Brings the database to the newest shape, and tenants, bots and webhooks to what the settings say. Safe at any time and twice at once:
/// after a deployment it is called over HTTP, and each process that sweeps begins with it, so that a changed setting needs nobody.
/// </summary>
public sealed class SetUpDesk(Migrator migrator, DeskTenants tenants, BotDirectory bots, TenantSetup setup, BotApiClient api, WebhookRegistration registration, WebhookKeys keys, IOptions<TelegramOptions> telegram, TimeProvider clock, CompareKnowledge? outsideIndex = null)
{
    /// <summary>For all bots together. Telegram may be away; the desk itself must not wait for it.</summary>
    private static readonly TimeSpan PatienceWithTelegram = TimeSpan.FromSeconds(60);

    private const int AtOnce = 8;

    /// <exception cref="DatabaseRefusedException">The role has too many or too few rights, or the server is too old.</exception>
    /// <exception cref="FormatException">A token is none.</exception>
    public async Task<SetUpReport> RunAsync(CancellationToken cancellation)
    {
        var migrations = await PrepareAsync(cancellation);
        return new SetUpReport(migrations, await RegisterAsync(cancellation), await ProblemOfIndexAsync(cancellation));
    }

    /// <summary>Database, tenants and bots: what no job can do without. Returns how many migrations ran now.</summary>
    public async Task<int> PrepareAsync(CancellationToken cancellation)
    {
        var migrations = await migrator.RunAsync(cancellation);
        await tenants.EnsureAsync(cancellation);
        return migrations;
    }

    /// <returns>What is wrong with an index outside the process, a wrong key or a lost volume say; null where there is none.</returns>
    private async Task<string?> ProblemOfIndexAsync(CancellationToken cancellation)
    {
        if (outsideIndex is null)
            return null;
        try
        {
            return await outsideIndex.RunAsync(cancellation) is { Count: > 0 } differences ? string.Join(" ", differences.Take(3)) : null;
        }
        catch (KnowledgeIndexException e)
        {
            return e.Message;
        }
    }

    /// <summary>Tells Telegram where to send the updates of every bot, several at once.</summary>
    public async Task<IReadOnlyList<SetUpBot>> RegisterAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(PatienceWithTelegram, clock);
        var known = new ConcurrentBag<SetUpBot>();
        await Parallel.ForEachAsync(await bots.AllAsync(cancellation), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (bot, token) => known.Add(await RegisterAsync(bot, patience.Token, token)));
        return [.. known.OrderBy(bot => bot.Bot)];
    }

    private async Task<SetUpBot> RegisterAsync(BotId id, CancellationToken patience, CancellationToken cancellation)
    {
        if (await bots.FindAsync(id, cancellation) is not { } bot || await bots.TokenAsync(id, cancellation) is not { } text)
            return new SetUpBot(id.Value, "", "was taken out of the settings meanwhile");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience);
        try
        {
            var token = BotToken.Parse(text);
            var me = await api.GetMeAsync(token, either.Token);
            if (me is not ApiResult<BotProfile>.Ok { Value.Username: { } username })
                return new SetUpBot(id.Value, bot.Username, me.Problem);
            if (username != bot.Username)
                await setup.EnsureBotAsync(bot.Tenant, id, text, username, either.Token);
            return new SetUpBot(id.Value, username, await SetWebhookAsync(bot, token, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SetUpBot(id.Value, bot.Username, $"Telegram did not answer within {PatienceWithTelegram.TotalSeconds:0} s; the next sweep of a new process tries again");
        }
    }

    /// <returns>Why there is none; null when Telegram has accepted it.</returns>
    private async Task<string?> SetWebhookAsync(BotInfo bot, BotToken token, CancellationToken cancellation) =>
        telegram.Value.PublicUrl is { } url
            ? await registration.RunAsync(token, WebhookAddress.Of(url, bot.Tenant, bot.Id, WebhookSecret.Make(keys.Current, bot.Tenant, bot.Id, bot.Generation)), cancellation)
            : "Support__Telegram__PublicUrl is not set: function apps cannot poll, so no update arrives. Set it to the address of this app";
}

/// <param name="Migrations">How many ran now.</param>
/// <param name="Problem">With the index in Qdrant; null when there is none.</param>
public sealed record SetUpReport(int Migrations, IReadOnlyList<SetUpBot> Bots, string? Problem);

/// <param name="Problem">Null when its updates arrive.</param>
public sealed record SetUpBot(long Bot, string Username, string? Problem);
