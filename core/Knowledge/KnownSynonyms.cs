using Support.Database;
using Support.Labels;
using Support.Text;

namespace Support.Knowledge;

/// <summary>
/// A tenant's <see cref="SynonymLines"/> in PostgreSQL. A change of them is a change of its knowledge: the next search sees it wherever the index
/// is, and labelled questions are asked again.
/// </summary>
public static class KnownSynonyms
{
    private const string Stored = "select value::text from setting where tenant_id = @tenant and key = @key";

    private const string Write =
        """
        with counted as (update tenant set knowledge_change = knowledge_change + 1 where id = @tenant),
        noted as (insert into audit (tenant_id, at, person_id, action, subject) values (@tenant, @now, @person, 'synonyms', @text))
        insert into setting (tenant_id, key, value) values (@tenant, @key, @value::jsonb) on conflict (tenant_id, key) do update set value = excluded.value
        """;

    public static async Task<SynonymLines> ReadAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        SynonymLines.Read(await transaction.FirstAsync<string>(Stored, Which(transaction), cancellation));

    /// <param name="text">See <see cref="ChangeSynonyms.Of"/>. What is refused changes nothing.</param>
    public static async Task<ChangeSynonyms> ChangeAsync(TenantTransaction transaction, string text, long person, DateTimeOffset now, CancellationToken cancellation)
    {
        // Of two who change the lines at once the second sees what the first wrote.
        await Promise.LockAsync(transaction, cancellation);
        var change = ChangeSynonyms.Of(await ReadAsync(transaction, cancellation), text);
        if (change is ChangeSynonyms.Changed changed)
            await transaction.ExecuteAsync(Write, new { tenant = transaction.Tenant.Value, SynonymLines.Key, value = changed.Lines.ToJson(), text = text.Trim(), person, now }, cancellation);
        return change;
    }

    private static object Which(TenantTransaction transaction) => new { tenant = transaction.Tenant.Value, SynonymLines.Key };
}
