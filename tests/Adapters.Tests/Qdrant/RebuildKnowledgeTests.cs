using Microsoft.Extensions.DependencyInjection;
using Support.Contracts;
using Support.Knowledge;
using Support.Qdrant;
using Support.Retrieval.Outside;

namespace Support.Tests.Qdrant;

public sealed class RebuildKnowledgeTests : QdrantTest
{
    [Fact]
    public async Task The_new_collection_takes_over_and_the_old_one_goes()
    {
        await PublishRulesAsync();
        var other = await Desk.AddTenantAsync();
        await Desk.PublishAsync(other, "rules", Audience.Customers, ("Правила", "Возврат за 30 дней."));
        var ids = StandIn.IdsOf(Qdrant.Collection);

        await RebuildAsync();

        Assert.Equal([$"{Qdrant.Collection}_2"], StandIn.Collections);
        Assert.Equal(ids, StandIn.IdsOf(Qdrant.Collection));
        Assert.Equal(["Возврат за 14 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));
        Assert.Equal(["Возврат за 30 дней."], await Desk.TextsAsync(other, "какой возврат"));
    }

    [Fact]
    public async Task What_is_published_replaced_relabelled_and_removed_meanwhile_is_in_it_as_it_should_be()
    {
        await PublishRulesAsync();
        var removed = await PublishRulesAsync("Возврат наличными.", "cash");
        await PublishRulesAsync("Возврат по понедельникам.", "days");
        var once = 0;
        StandIn.Instead = async context =>
        {
            // As soon as the new collection is being filled, and again when it has been.
            if (context.Request.Path == $"/collections/{Qdrant.Collection}_2/points" && Interlocked.Increment(ref once) == 1)
            {
                await PublishRulesAsync("Возврат за 20 дней.");
                await PublishRulesAsync("Возврат почтой.", "post");
                await Desk.PublishAsync(Tenant, "days", Audience.Staff, ("Правила", "Возврат по понедельникам."));
                await Desk.RemoveAsync(Tenant, removed);
            }
            return false;
        };

        await RebuildAsync();

        Assert.Equal(["Возврат за 20 дней.", "Возврат почтой."], (await Desk.TextsAsync(Tenant, "какой возврат")).Order());
        Assert.Equal(3, (await Desk.TextsAsync(Tenant, "какой возврат", Audience.Staff)).Count);
        var live = await Desk.InAsync(Tenant, tx => tx.QueryAsync<long>("select id from chunk order by id", null, CancellationToken.None));
        Assert.Equal(live, StandIn.IdsOf(Qdrant.Collection));
        Assert.Equal([$"{Qdrant.Collection}_2"], StandIn.Collections);
    }

    [Fact]
    public async Task A_rebuild_that_fails_leaves_what_serves_and_the_next_one_clears_up()
    {
        await PublishRulesAsync();
        StandIn.Instead = context =>
        {
            if (context.Request.Path == "/collections/aliases" || context.Request.Method == "DELETE")
                context.Response.StatusCode = 400;
            return Task.FromResult(context.Response.StatusCode == 400);
        };
        await Assert.ThrowsAsync<KnowledgeIndexException>(RebuildAsync);
        Assert.Equal([$"{Qdrant.Collection}_1", $"{Qdrant.Collection}_2"], StandIn.Collections);
        StandIn.Instead = null;
        Assert.Single(await Desk.TextsAsync(Tenant, "какой возврат"));

        await RebuildAsync();
        Assert.Equal([$"{Qdrant.Collection}_2"], StandIn.Collections);
        Assert.Single(await Desk.TextsAsync(Tenant, "какой возврат"));
    }

    [Fact]
    public async Task Documents_from_before_Qdrant_was_set_are_missed_aloud_until_it_is_rebuilt()
    {
        await using (var before = await KnowledgeDesk.CreateAsync([], (_, _) => { }, ConnectionString))
            await before.PublishAsync(Tenant, "old", Audience.Customers, ("Правила", "Возврат за 14 дней."));

        Assert.Contains("knowledge reindex", await ProblemOfAskingAsync(), StringComparison.Ordinal);
        Assert.Contains("knowledge reindex", await ProblemOfPublishingAsync(), StringComparison.Ordinal);
        await PublishEmptyCollectionAsync();
        Assert.Contains($"{Tenant}: 1 chunks are published, 0 are in the index, and their words are not counted", Assert.Single(await CompareAsync()).ToString(), StringComparison.Ordinal);

        await RebuildAsync();

        Assert.Empty(await CompareAsync());
        Assert.Equal(["Возврат за 14 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));
        await PublishRulesAsync("Возврат почтой.");
        Assert.Equal(2, (await Desk.TextsAsync(Tenant, "какой возврат")).Count);
    }

    [Fact]
    public async Task Counts_of_another_shape_are_told_and_made_anew()
    {
        var document = await PublishRulesAsync();
        await Desk.InAsync(Tenant, tx => tx.ExecuteAsync("update knowledge_statistics set shape = 99", null, CancellationToken.None));
        await Desk.InAsync(Tenant, tx => tx.ExecuteAsync("update knowledge_stem set chunks = 7", null, CancellationToken.None));
        Assert.Contains("are of shape 99", await ProblemOfAskingAsync(), StringComparison.Ordinal);
        await Desk.RemoveAsync(Tenant, document);
        Assert.Empty(await Desk.TextsAsync(Tenant, "какой возврат"));

        await RebuildAsync();
        await PublishRulesAsync();
        Assert.Equal(1, await Desk.InAsync(Tenant, tx => tx.FirstAsync<int>("select chunks from knowledge_stem where stem = 'возврат'", null, CancellationToken.None)));
    }

    [Fact]
    public async Task When_a_company_has_twice_as_many_chunks_its_vectors_are_written_again()
    {
        var knowledge = new SeededKnowledge(5);
        await Desk.PublishAsync(Tenant, "first", Audience.Customers, [.. Enumerable.Range(0, 60).Select(_ => knowledge.NextPage())]);
        StandIn.Calls.Clear();
        await Desk.PublishAsync(Tenant, "second", Audience.Customers, [.. Enumerable.Range(0, 60).Select(_ => knowledge.NextPage())]);

        var written = StandIn.Calls.Where(call => call.Method == "PUT" && call.Path.EndsWith("/points", StringComparison.Ordinal))
            .Select(call => System.Text.Json.Nodes.JsonNode.Parse(call.Body!)!["points"]!.AsArray().Count);
        Assert.Equal([60, 120], written);
        Assert.Equal(120, await Desk.InAsync(Tenant, tx => tx.FirstAsync<int>("select values_of from knowledge_statistics", null, CancellationToken.None)));
    }

    [Fact]
    public async Task A_snapshot_can_be_made_listed_fetched_and_recovered()
    {
        await PublishRulesAsync();
        var snapshots = Desk.Services.GetRequiredService<QdrantSnapshots>();
        var made = await snapshots.CreateAsync(CancellationToken.None);
        Assert.Equal([made], await snapshots.ListAsync(CancellationToken.None));
        using var file = new MemoryStream();
        await snapshots.DownloadAsync(made.Name, file, CancellationToken.None);
        Assert.True(file.Length > 0);
        await PublishRulesAsync("Возврат почтой.", "post");

        await snapshots.RecoverAsync(new Uri($"file:///qdrant/snapshots/{made.Name}"), CancellationToken.None);

        Assert.Equal([$"{Qdrant.Collection}_2"], StandIn.Collections);
        Assert.Equal(["Возврат за 14 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));
        Assert.Equal((2, 1), Assert.Single(await CompareAsync()) is var one ? ((int)one.Published, (int)one.Indexed) : default);
        await RebuildAsync();
        Assert.Empty(await CompareAsync());
        Assert.Equal(2, (await Desk.TextsAsync(Tenant, "какой возврат")).Count);
    }

    private Task RebuildAsync() => Desk.Services.GetRequiredService<RebuildKnowledge>().RunAsync(_ => { }, CancellationToken.None);

    private Task<IReadOnlyList<KnowledgeDifference>> CompareAsync() => Desk.Services.GetRequiredService<CompareKnowledge>().RunAsync(CancellationToken.None);

    private async Task PublishEmptyCollectionAsync() => await Desk.PublishAsync(await Desk.AddTenantAsync(), "theirs", Audience.Customers, ("", "Текст."));
}
