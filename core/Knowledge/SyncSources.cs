using System.Security.Cryptography;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>The largest document in bytes, wherever it comes from.</summary>
public sealed record LargestDocument(long Bytes);

/// <summary>
/// Documents that live at an address follow what is there. A lease on each source keeps processes from fetching it at the same
/// time; what was brought and the new version are committed together. A failure leaves in use what is published.
/// </summary>
public sealed partial class SyncSources(
    DeskDatabase database,
    WorkerInstance instance,
    BotDirectory bots,
    IWorkQueue queue,
    UploadKeys companies,
    DefaultTenant company,
    FetchSource fetch,
    LargestDocument largest,
    IOptions<SourceList> options,
    TimeProvider clock,
    ILogger<SyncSources> logger)
{
    /// <summary>Failures in a row before somebody is told: a server that restarts is no news.</summary>
    public const int FailuresBeforeTelling = 4;

    private const int AtOnce = 4;

    /// <summary>Looks at each source whose time has come.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Parallel.ForEachAsync(options.Value.Sources, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (source, token) =>
        {
            try
            {
                if (await TenantOfAsync(source, token) is { } tenant)
                    await SyncAsync(tenant, source, token);
                else
                    Log.NoTenant(logger, source.Name, source.Tenant);
            }
            catch (Exception e) when (!token.IsCancellationRequested && !DeskDatabase.IsAway(e))
            {
                // One source must not keep the others from being looked at.
                Log.Broken(logger, source.Name, e);
            }
        });

    private async Task<TenantId?> TenantOfAsync(SourceOptions source, CancellationToken cancellation)
    {
        if (source.Tenant.Length == 0 && companies.Default is { } one)
            return one;
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var name = source.Tenant.Length == 0 ? company.Name : source.Tenant;
        return await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition("select id from tenant where name = @name", new { name }, cancellationToken: cancellation)) is { } id
            ? new TenantId(id)
            : null;
    }

    private async Task SyncAsync(TenantId tenant, SourceOptions source, CancellationToken cancellation)
    {
        var lease = Lease.On($"source:{tenant}:{source.Name}");
        if (await TakeDueAsync(tenant, source, lease, cancellation) is not { } known)
            return;
        Fetched fetched;
        try
        {
            var validators = known.State is { } state && state.IsOf(source) ? state : null;
            fetched = await fetch(new SourceAddress(new Uri(source.Url), source.AllowHttp, source.AllowPrivate, validators?.Etag, validators?.LastModified, largest.Bytes), cancellation);
        }
        catch
        {
            await lease.TryReleaseAsync(database.Light);
            throw;
        }
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Release(), cancellation);
        if (transaction is null)
            // It took so long that another process has taken over.
            return;
        await KeepAsync(transaction, source, known.State, fetched, cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
    }

    /// <summary>Null when it is not its time or another process is at it.</summary>
    private async Task<Known?> TakeDueAsync(TenantId tenant, SourceOptions source, Lease lease, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Light, tenant, lease.Take(instance), cancellation);
        if (transaction is null)
            return null;
        var state = await SourceState.FindAsync(transaction, source.Name, cancellation);
        // The lease goes back with the transaction.
        if (state is not null && !state.IsDue(source, clock.GetUtcNow()))
            return null;
        await transaction.CommitAsync(cancellation);
        return new Known(state);
    }

    private async Task KeepAsync(TenantTransaction transaction, SourceOptions source, SourceState? before, Fetched fetched, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var same = before is not null && before.IsOf(source) ? before : null;
        var hash = fetched is Fetched.Content { Bytes: var bytes } ? SHA256.HashData(bytes.Span) : same?.Hash;
        // Compared with what came from here last, not with what is published: an editor may have put another file in its place or removed it.
        var isKnown = same?.Hash is { } last && hash is not null && last.AsSpan().SequenceEqual(hash);
        if (isKnown && same?.Refusal is { } refusal && fetched is not Fetched.Failed)
            fetched = new Fetched.Failed($"what is there cannot be read: {refusal}");
        if (fetched is Fetched.Failed failed)
        {
            await FailAsync(transaction, source, same, before, failed.Why, now, cancellation);
            return;
        }
        if (fetched is Fetched.Content content && !isKnown)
        {
            await UploadDocument.InsideAsync(transaction, new Upload(source.Name, content.Bytes, source.Readers, "source"), now, cancellation);
            Log.Brought(logger, source.Name, transaction.Tenant, content.Bytes.Length);
        }
        if (before is { Told: true })
            await TellEditors.InsideAsync(transaction, bots, language => Phrases.Html(language, "source.back", source.Name), now, cancellation);
        var (tag, modified) = fetched is Fetched.Content { ETag: var newTag, LastModified: var newDate } ? (newTag, newDate) : (same?.Etag, same?.LastModified);
        await new SourceState(source.Url, (short)source.Readers, tag, modified, hash, now.UtcDateTime, 0, Told: false, null).KeepAsync(transaction, source.Name, cancellation);
    }

    private async Task FailAsync(TenantTransaction transaction, SourceOptions source, SourceState? same, SourceState? before, string why, DateTimeOffset now, CancellationToken cancellation)
    {
        var failures = (same?.Failures ?? 0) + 1;
        var told = before?.Told ?? false;
        if (failures >= FailuresBeforeTelling && !told)
            told = await TellEditors.InsideAsync(transaction, bots, language => Phrases.Html(language, "source.failing", source.Name, failures, why), now, cancellation);
        await new SourceState(source.Url, (short)source.Readers, same?.Etag, same?.LastModified, same?.Hash, now.UtcDateTime, failures, told, null).KeepAsync(transaction, source.Name, cancellation);
        Log.Failed(logger, source.Name, transaction.Tenant, failures, why);
    }

    private sealed record Known(SourceState? State);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Source {Name} of tenant {Tenant} has changed: {Bytes} bytes are put up for indexing.")]
        public static partial void Brought(ILogger logger, string name, TenantId tenant, int bytes);

        [LoggerMessage(2, LogLevel.Warning, "Source {Name} of tenant {Tenant} failed {Times} times in a row: {Why}.")]
        public static partial void Failed(ILogger logger, string name, TenantId tenant, int times, string why);

        [LoggerMessage(3, LogLevel.Error, "Source {Name} could not be looked at; it is tried again with the next round.")]
        public static partial void Broken(ILogger logger, string name, Exception e);

        [LoggerMessage(4, LogLevel.Warning, "Source {Name} is for the company \"{Tenant}\", which there is not. Correct Support__Sources__…__Tenant.")]
        public static partial void NoTenant(ILogger logger, string name, string tenant);
    }
}
