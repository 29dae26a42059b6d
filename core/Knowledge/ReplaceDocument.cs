using Support.Conversations;

namespace Support.Knowledge;

/// <summary>
/// An editor pressed Replace: the next file they send becomes that document's new version, whatever it is called. That is how a
/// document whose name is a path, as a folder gave it, is replaced from a chat.
/// </summary>
internal static class ReplaceDocument
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // What a document of one kind is read as decides its name's extension; these are read alike.
    private static readonly string[][] Alike = [[".md", ".markdown", ".txt"], [".html", ".htm"], [".json", ".jsonl"]];

    private const string Await =
        """
        insert into awaited_file (tenant_id, bot_id, person_id, document_id, until)
        select @tenant, @bot, @person, id, @until from document where id = @document and removed_at is null
        on conflict (tenant_id, bot_id, person_id) do update set document_id = excluded.document_id, until = excluded.until
        returning (select name from document where id = @document)
        """;

    /// <returns>The document's name; null when it is gone.</returns>
    public static Task<string?> BeginAsync(UpdateScope scope, long person, long document, CancellationToken cancellation) =>
        scope.Transaction.FirstAsync<string>(Await, new
        {
            tenant = scope.Transaction.Tenant.Value,
            bot = scope.Bot.Id.Value,
            person,
            document,
            until = scope.Now + Patience,
        }, cancellation);

    private const string Awaited =
        """
        select d.name, (select v.audience from document_version v where v.document_id = d.id order by v.version desc limit 1) as audience
        from awaited_file a join document d on d.id = a.document_id
        where a.tenant_id = @tenant and a.bot_id = @bot and a.person_id = @person and a.until > @now and d.removed_at is null
        for update of a
        """;

    /// <summary>What this editor's next file replaces; null when nothing waits for one.</summary>
    public static Task<ReplacedDocument?> FindAsync(UpdateScope scope, long person, CancellationToken cancellation) =>
        scope.Transaction.FirstAsync<ReplacedDocument>(Awaited, new { tenant = scope.Transaction.Tenant.Value, bot = scope.Bot.Id.Value, person, now = scope.Now }, cancellation);

    private const string End = "delete from awaited_file where tenant_id = @tenant and bot_id = @bot and person_id = @person";

    public static Task EndAsync(UpdateScope scope, long person, CancellationToken cancellation) =>
        scope.Transaction.ExecuteAsync(End, new { tenant = scope.Transaction.Tenant.Value, bot = scope.Bot.Id.Value, person }, cancellation);

    /// <summary>Under another kind's name a file would be misread.</summary>
    public static bool Fits(string name, string file)
    {
        var (old, given) = (Path.GetExtension(name).ToLowerInvariant(), Path.GetExtension(file).ToLowerInvariant());
        return given == old || given.Length == 0 || Alike.Any(kind => kind.Contains(old) && kind.Contains(given));
    }
}

internal sealed record ReplacedDocument(string Name, short Audience);
