using Npgsql;
using Support.Contracts;
using Support.Knowledge;
using Support.Tenants;

namespace Support.Tests.Qdrant;

/// <summary>The counts in PostgreSQL: exact whatever comes and goes, and each company's own.</summary>
public sealed class KnowledgeCountsTests : QdrantTest
{
    private static readonly string[] Tables = ["knowledge_stem", "knowledge_gram", "knowledge_pair", "knowledge_word"];

    [Fact]
    public async Task What_grew_and_shrank_counts_like_what_was_published_at_once()
    {
        var knowledge = new SeededKnowledge(3);
        var random = new Random(3);
        var live = new Dictionary<string, (string, string)[]>();
        for (var step = 0; step < 40; step++)
        {
            var name = $"page {random.Next(10)}";
            live[name] = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => knowledge.NextPage()).Distinct()];
            var document = await Desk.PublishAsync(Tenant, name, Audience.Customers, live[name]);
            if (random.Next(3) == 0)
            {
                await Desk.RemoveAsync(Tenant, document);
                live.Remove(name);
            }
        }
        var other = await Desk.AddTenantAsync();
        foreach (var (name, chunks) in live)
            await Desk.PublishAsync(other, name, Audience.Customers, chunks);

        Assert.Equal(await CountsAsync(other), await CountsAsync(Tenant));
    }

    [Fact]
    public async Task When_the_last_document_goes_no_count_is_left()
    {
        await Desk.RemoveAsync(Tenant, await PublishRulesAsync("Возврат за 14 дней. Возврат денег картой."));
        foreach (var table in Tables)
            Assert.Equal(0, await Desk.InAsync(Tenant, tx => tx.FirstAsync<long>($"select count(*) from {table}", null, CancellationToken.None)));
        Assert.Equal("0 0 0 {} {}", await Desk.InAsync(Tenant, tx => tx.FirstAsync<string>(
            "select concat_ws(' ', chunks, body_words, pairs, lengths::text, chunks_of_length::text) from knowledge_statistics", null, CancellationToken.None)));
    }

    [Fact]
    public async Task Many_who_publish_at_once_lose_no_count()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PublishRulesAsync($"Возврат за {i} дней.", $"rules {i}")));
        Assert.Equal(8, await Desk.InAsync(Tenant, tx => tx.FirstAsync<int>("select chunks from knowledge_stem where stem = 'возврат'", null, CancellationToken.None)));
        Assert.Equal(8, (await Desk.TextsAsync(Tenant, "возврат")).Count);
    }

    [Fact]
    public async Task Another_companys_counts_can_neither_be_seen_nor_written()
    {
        await PublishRulesAsync();
        var other = await Desk.AddTenantAsync();
        foreach (var table in Tables.Append("knowledge_statistics"))
        {
            Assert.Equal(0, await Desk.InAsync(other, tx => tx.FirstAsync<long>($"select count(*) from {table}", null, CancellationToken.None)));
            Assert.Equal(0, await Desk.InAsync(other, tx => tx.ExecuteAsync($"delete from {table}", null, CancellationToken.None)));
        }
        await Assert.ThrowsAsync<PostgresException>(() => Desk.InAsync(other, tx =>
            tx.ExecuteAsync("insert into knowledge_stem (tenant_id, stem, chunks) values (@Value, 'x', 1)", Tenant, CancellationToken.None)));
    }

    [Fact]
    public async Task The_process_index_costs_no_counts()
    {
        await using var desk = await KnowledgeDesk.CreateAsync([], (_, _) => { }, ConnectionString);
        var tenant = await desk.AddTenantAsync();
        await desk.PublishAsync(tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."));
        Assert.Equal(0, await desk.InAsync(tenant, tx => tx.FirstAsync<long>("select count(*) from knowledge_statistics", null, CancellationToken.None)));
    }

    private async Task<string> CountsAsync(TenantId tenant) => await Desk.InAsync(tenant, async tx =>
    {
        var all = new List<string>();
        foreach (var table in Tables)
            all.AddRange((await tx.QueryAsync<string>($"select (to_jsonb(t) - 'tenant_id')::text from {table} t", null, CancellationToken.None)).Select(row => $"{table} {row}").Order(StringComparer.Ordinal));
        all.Add((await tx.FirstAsync<string>("select (to_jsonb(t) - 'tenant_id' - 'values_of' - 'lengths' - 'chunks_of_length')::text from knowledge_statistics t", null, CancellationToken.None))!);
        all.Add((await tx.FirstAsync<string>("select string_agg(l || ':' || n, ' ' order by l) from knowledge_statistics, unnest(lengths, chunks_of_length) as one (l, n)", null, CancellationToken.None))!);
        return string.Join('\n', all);
    });
}
