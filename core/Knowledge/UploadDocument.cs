using System.Security.Cryptography;
using Support.Database;
using Support.Jobs;

namespace Support.Knowledge;

/// <summary>A file was handed in: it is kept as a new version and put up for indexing, unless it is what is already published.</summary>
public static class UploadDocument
{
    private const string EnsureDocument =
        """
        insert into document (tenant_id, name, audience, created_at) values (@tenant, @name, @audience, @now)
        on conflict (tenant_id, name) do update set name = excluded.name
        returning id
        """;

    private const string NewestVersion =
        """
        select v.version, v.hash, v.audience, v.state, d.removed_at is not null as removed
        from document d left join lateral (select * from document_version v where v.document_id = d.id order by version desc limit 1) v on true
        where d.id = @document
        """;

    private const string Keep =
        """
        with noted as (
            insert into audit (tenant_id, at, person_id, action, subject, data)
            values (@tenant, @now, @person, @action, @document::text, jsonb_build_object('version', @version::int, 'by', @by::text)))
        insert into document_version (tenant_id, document_id, version, hash, bytes, audience, state, uploaded_by, notify_bot_id, notify_chat_id, created_at)
        values (@tenant, @document, @version, @hash, @bytes, @audience, 'queued', @by, @notifyBot, @notifyChat, @now)
        """;

    private const string Supersede = "update document_version set state = 'superseded' where document_id = @document and state = 'queued'";

    private const string LockDocument = "select 1 from document where id = @document for update";

    public static async Task<Uploaded> InsideAsync(TenantTransaction transaction, Upload upload, DateTimeOffset now, CancellationToken cancellation)
    {
        var tenant = transaction.Tenant.Value;
        var audience = (short)upload.Audience;
        var hash = SHA256.HashData(upload.Bytes.Span);
        var document = await transaction.FirstAsync<long>(EnsureDocument, new { tenant, name = upload.Name, audience, now }, cancellation);
        await transaction.ExecuteAsync(LockDocument, new { document }, cancellation);
        var newest = await transaction.FirstAsync<Newest>(NewestVersion, new { document }, cancellation);
        if (newest is { Removed: false, State: "published" or "queued", Hash: { } known } && newest.Audience == audience && known.AsSpan().SequenceEqual(hash))
            return new Uploaded(document, newest.Version!.Value, IsUnchanged: newest.State == "published");
        var version = (newest?.Version ?? 0) + 1;
        await transaction.ExecuteAsync(Supersede, new { document }, cancellation);
        await transaction.ExecuteAsync(Keep, new
        {
            tenant,
            document,
            version,
            hash,
            bytes = upload.Bytes.ToArray(),
            audience,
            by = upload.By,
            person = upload.Person,
            action = newest is { Removed: false, Version: not null } ? "replace-document" : "upload-document",
            notifyBot = upload.NotifyBot,
            notifyChat = upload.NotifyChat,
            now,
        }, cancellation);
        transaction.Wake(WakeUp.Document(transaction.Tenant, document));
        return new Uploaded(document, version, IsUnchanged: false);
    }

    private sealed record Newest(int? Version, byte[]? Hash, short? Audience, string? State, bool Removed);
}

/// <param name="Name">Tells documents apart: the same name again is a new version.</param>
/// <param name="By">Who handed it in, for the record: "http", "telegram:4001".</param>
/// <param name="Person">The editor; null where a key was used.</param>
/// <param name="NotifyChat">The editor's chat that is told how it went; null for none.</param>
public sealed record Upload(string Name, ReadOnlyMemory<byte> Bytes, Audience Audience, string By, long? Person = null, long? NotifyBot = null, long? NotifyChat = null);

/// <param name="IsUnchanged">The same bytes are already published; nothing happens.</param>
public sealed record Uploaded(long Document, int Version, bool IsUnchanged);
