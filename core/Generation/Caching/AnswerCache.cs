using System.Text.Json;
using Microsoft.Extensions.Options;
using Support.Database;
using Support.Generation.Guards;
using Support.Labels;
using Support.Models;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Generation.Caching;

/// <summary>Answers that a model wrote, kept for the same question: no call is made, while the documents cited are the same versions and ranking still finds them.</summary>
public sealed class AnswerCache(DeskDatabase database, IModels models, IOptions<GenerationOptions> options, TimeProvider clock)
{
    private const string Find =
        """
        select c.answer, c.chunks, c.ranking, c.verdicts::text as verdicts from answer_cache c
        where c.tenant_id = @tenant and c.key = @key and c.models = @models and c.at > @since and not exists (
            select from unnest(c.documents, c.versions) as cited (document, version)
            left join document d on d.id = cited.document and d.removed_at is null and d.audience = 0 and d.published_version = cited.version
            where d.id is null)
        """;

    private const string Keep =
        """
        with old as (delete from answer_cache where tenant_id = @tenant and at <= @since and key <> @key)
        insert into answer_cache (tenant_id, key, models, answer, chunks, documents, versions, ranking, verdicts, at)
        select @tenant, @key, @models, @answer, @chunks, array_agg(d.id), array_agg(d.published_version), @ranking, @verdicts::jsonb, @now
        from document d where d.id = any(@documents) and d.removed_at is null and d.published_version is not null
        having count(*) = cardinality(@documents) and (select count(*) from chunk where id = any(@chunks)) = cardinality(@chunks)
        on conflict (tenant_id, key) do update
        set models = excluded.models, answer = excluded.answer, chunks = excluded.chunks, documents = excluded.documents, versions = excluded.versions,
            ranking = excluded.ranking, verdicts = excluded.verdicts, at = excluded.at
        """;

    private bool IsOn => options.Value.KeepAnswers > TimeSpan.Zero && models.Has(ModelRole.Answer);

    /// <param name="found">What ranking finds now: an answer that cites a passage which is not among them is not given.</param>
    public async Task<KeptAnswer?> FindAsync(TenantId tenant, string question, string language, Retrieved found, CancellationToken cancellation)
    {
        if (!IsOn || KeyOf(question, language) is not { } key)
            return null;
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        var row = await transaction.FirstAsync<Row>(Find, new { tenant = tenant.Value, key, models = Names(), since = clock.GetUtcNow() - options.Value.KeepAnswers }, cancellation);
        if (row is null)
            return null;
        var passages = found.Passages.ToDictionary(passage => passage.ChunkId);
        return row.Chunks.All(passages.ContainsKey)
            ? new KeptAnswer(row.Answer, [.. row.Chunks.Select(chunk => passages[chunk])], row.Ranking, JsonSerializer.Deserialize(row.Verdicts, LabelJson.Default.DictionaryStringDouble)!)
            : null;
    }

    public async Task KeepAsync(TenantId tenant, string question, string language, KeptAnswer answer, CancellationToken cancellation)
    {
        if (!IsOn || KeyOf(question, language) is not { } key)
            return;
        var now = clock.GetUtcNow();
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await transaction.ExecuteAsync(Keep, new
        {
            tenant = tenant.Value,
            key,
            models = Names(),
            answer = answer.Text,
            chunks = answer.Cited.Select(passage => passage.ChunkId).ToArray(),
            documents = answer.Cited.Select(passage => passage.DocumentId).Distinct().ToArray(),
            ranking = answer.Ranking.ToArray(),
            verdicts = JsonSerializer.Serialize(answer.Verdicts.ToDictionary(), LabelJson.Default.DictionaryStringDouble),
            since = now - options.Value.KeepAnswers,
            now,
        }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>An answer to a question with personal data in it is nobody else's.</summary>
    private static byte[]? KeyOf(string question, string language) => PersonalData.IsIn(question) ? null : AnswerKey.Of(question, language);

    /// <summary>Another model, another answer.</summary>
    private string Names() => $"{models.NameOf(ModelRole.Answer)} {models.NameOf(ModelRole.Rerank)}";

    private sealed record Row
    {
        public string Answer { get; init; } = "";
        public long[] Chunks { get; init; } = [];
        public long[] Ranking { get; init; } = [];
        public string Verdicts { get; init; } = "{}";
    }
}

/// <param name="Cited">In the order of their numbers.</param>
/// <param name="Ranking">Chunks in the order in which they were put, best first.</param>
/// <param name="Verdicts">By the names of <see cref="Confidence.VerdictFeatures"/>; empty when none were given.</param>
public sealed record KeptAnswer(string Text, IReadOnlyList<Passage> Cited, IReadOnlyList<long> Ranking, IReadOnlyDictionary<string, double> Verdicts);
