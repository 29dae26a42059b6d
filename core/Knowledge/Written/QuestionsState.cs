using Support.Database;
using Support.Knowledge.Rounds;

namespace Support.Knowledge.Written;

/// <summary>How far a tenant's chunks have their questions, and which of them indexes know. Whoever changes it holds the company's lease.</summary>
internal static class QuestionsState
{
    // Those of the model before serve until this one's have come, chunk by chunk. Indexes are told only of what differs: a failure brings nothing and takes nothing away.
    private const string Store =
        """
        insert into chunk_questions as known (tenant_id, hash, model, questions, failures, told)
        select @tenant, one.hash, @model, string_to_array(one.questions, E'\n'), one.failures, one.questions = ''
        from unnest(@hashes, @questions, @failures) as one (hash, questions, failures)
        on conflict (tenant_id, hash) do update set
            model = excluded.model, unused_since = null,
            told = known.told and (excluded.failures > 0 or known.questions = excluded.questions),
            questions = case when excluded.failures > 0 then known.questions else excluded.questions end,
            failures = excluded.failures + case when known.model = excluded.model and excluded.failures > 0 then known.failures else 0 end
        returning failures
        """;

    // Whoever publishes or removes a document has it locked before the tenant; so it is done here.
    private const string LockUntold =
        """
        select d.id from document d
        where d.tenant_id = @tenant and d.published_version is not null and exists (
            select from chunk c join chunk_questions q on q.tenant_id = @tenant and q.hash = c.embedded_hash
            where c.document_id = d.id and not q.told)
        order by d.id for update
        """;

    private const string Told = "update chunk_questions set told = true where tenant_id = @tenant and not told";

    private const string Tell =
        """
        with counted as (update tenant set knowledge_change = knowledge_change + 1 where id = @tenant returning knowledge_change)
        update document set change = (select knowledge_change from counted) where id = any(@documents)
        """;

    /// <summary>A document that is put back within this time costs nothing.</summary>
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(7);

    private const string IsUsed = "exists (select from chunk c where c.tenant_id = @tenant and c.embedded_hash = q.hash)";

    private const string MarkUnused =
        $"""
        update chunk_questions q set unused_since = case when {IsUsed} then null else @now end
        where q.tenant_id = @tenant and (q.unused_since is null) <> {IsUsed}
        """;

    private const string DropUnused = "delete from chunk_questions where tenant_id = @tenant and unused_since < @longAgo";

    // What was published meanwhile is looked at with the next round.
    private const string Complete =
        """
        update tenant set questions_model = @model, questions_at = @now, questions_change = case when knowledge_change = @change + @told then knowledge_change else @change end
        where id = @tenant
        """;

    public static async Task<Kept> StoreAsync(TenantTransaction transaction, string model, IReadOnlyList<WrittenForText> written, CancellationToken cancellation) => Kept.Of(await transaction.QueryAsync<int>(Store, new
    {
        tenant = transaction.Tenant.Value,
        model,
        hashes = written.Select(one => one.Hash).ToArray(),
        questions = written.Select(one => string.Join('\n', one.Questions)).ToArray(),
        failures = written.Select(one => one.Failures).ToArray(),
    }, cancellation), UnwrittenTexts.MostFailures);

    /// <summary>The end of a turn: what was stored serves from now on.</summary>
    /// <param name="complete">Every text published up to this change was looked at; null when some are left. Then what nothing uses any more goes.</param>
    public static async Task FinishAsync(TenantTransaction transaction, string model, long? complete, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = new { tenant = transaction.Tenant.Value };
        var documents = await transaction.QueryAsync<long>(LockUntold, id, cancellation);
        await transaction.ExecuteAsync(Told, id, cancellation);
        if (complete is not null)
        {
            await transaction.ExecuteAsync(MarkUnused, new { id.tenant, now }, cancellation);
            await transaction.ExecuteAsync(DropUnused, new { id.tenant, longAgo = now - KeptUnused }, cancellation);
        }
        // The tenant's row is locked last and briefly.
        if (documents.Count > 0)
            await transaction.ExecuteAsync(Tell, new { id.tenant, documents = documents.ToArray() }, cancellation);
        if (complete is { } change)
            await transaction.ExecuteAsync(Complete, new { id.tenant, model, change, told = documents.Count > 0 ? 1L : 0L, now }, cancellation);
    }
}

/// <param name="Failures">How many further tries this one counts as; 0 when it succeeded, be it without a question.</param>
internal sealed record WrittenForText(byte[] Hash, IReadOnlyList<string> Questions, int Failures)
{
    /// <summary>A try that failed in a way that may not be repeated.</summary>
    public bool IsToBeTriedAgain => Failures is > 0 and < UnwrittenTexts.MostFailures;
}
