using Support.Database;

namespace Support.Knowledge;

/// <summary>What was brought from a source last and how it went, as the database has it.</summary>
/// <param name="Failures">In a row; 0 when it went well.</param>
/// <param name="Told">Somebody was told that it fails.</param>
/// <param name="Refusal">Why what was brought could not be read; null if it could, or is still to be.</param>
internal sealed record SourceState(string Url, short Audience, string? Etag, string? LastModified, byte[]? Hash, DateTime CheckedAt, int Failures, bool Told, string? Refusal)
{
    /// <summary>A source that failed is looked at sooner again.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(15);

    private const string Read =
        """
        select url, audience, etag, last_modified, hash, checked_at, failures, told,
               (select case when newest.state = 'refused' then newest.report ->> 'reason' end
                from document d join lateral (select state, report from document_version v where v.document_id = d.id order by version desc limit 1) newest on true
                where d.tenant_id = s.tenant_id and d.name = s.name) as refusal
        from source s where tenant_id = @tenant and name = @name
        """;

    public static Task<SourceState?> FindAsync(TenantTransaction transaction, string name, CancellationToken cancellation) =>
        transaction.FirstAsync<SourceState>(Read, new { tenant = transaction.Tenant.Value, name }, cancellation);

    private const string Keep =
        """
        insert into source (tenant_id, name, url, audience, etag, last_modified, hash, checked_at, failures, told)
        values (@tenant, @name, @Url, @Audience, @Etag, @LastModified, @Hash, @CheckedAt, @Failures, @Told)
        on conflict (tenant_id, name) do update
        set url = excluded.url, audience = excluded.audience, etag = excluded.etag, last_modified = excluded.last_modified, hash = excluded.hash,
            checked_at = excluded.checked_at, failures = excluded.failures, told = excluded.told
        """;

    public Task KeepAsync(TenantTransaction transaction, string name, CancellationToken cancellation) =>
        transaction.ExecuteAsync(Keep, new { tenant = transaction.Tenant.Value, name, Url, Audience, Etag, LastModified, Hash, CheckedAt, Failures, Told }, cancellation);

    /// <summary>Set to another address or other readers, everything is fetched anew.</summary>
    public bool IsOf(SourceOptions source) => Url == source.Url && Audience == (short)source.Readers;

    public bool IsDue(SourceOptions source, DateTimeOffset now)
    {
        var pause = Failures > 0 && source.Every > AfterFailure ? AfterFailure : source.Every;
        return !IsOf(source) || CheckedAt + pause <= now.UtcDateTime;
    }
}
