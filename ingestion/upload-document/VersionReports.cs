using Support.Database;
using Support.Knowledge;
using Support.Tenants;

namespace Support.Ingestion;

/// <summary>Waits until a version was indexed or refused, by asking the memory: whichever process did the work.</summary>
public sealed class VersionReports(DeskDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private const string Report =
        "select report::text from document_version where document_id = @Document and version = @Version and state <> 'queued'";

    /// <summary>The tenant's knowledge change number.</summary>
    public async Task<long> ChangeAsync(TenantId tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        return await transaction.FirstAsync<long>("select knowledge_change from tenant", null, cancellation);
    }

    /// <returns>Null when it takes longer.</returns>
    public async Task<DocumentReport?> WaitAsync(TenantId tenant, Uploaded uploaded, TimeSpan longest, CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        while (clock.GetElapsedTime(since) < longest)
        {
            await using (var transaction = await database.BeginAsync(tenant, cancellation))
            {
                if (await transaction.FirstAsync<string>(Report, uploaded, cancellation) is { } json)
                    return DocumentReport.FromJson(json);
            }
            await Task.Delay(Pause, clock, cancellation);
        }
        return null;
    }
}
