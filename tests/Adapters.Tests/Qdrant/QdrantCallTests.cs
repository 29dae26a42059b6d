using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Support.Contracts.Qdrant;
using Support.Knowledge;
using Support.QdrantStandIn;
using Support.Retrieval.Outside;

namespace Support.Tests.Qdrant;

/// <summary>What is sent, by version and by settings.</summary>
public sealed class QdrantCallTests : QdrantTest
{
    [Theory]
    [InlineData(Audience.Customers, """{"any":["customers"]}""")]
    [InlineData(Audience.Staff, """{"any":["customers","staff"]}""")]
    public async Task A_question_is_one_call_and_every_search_of_it_names_tenant_and_audience(Audience audience, string readers)
    {
        await PublishRulesAsync();
        StandIn.Calls.Clear();
        await Desk.AskAsync(Tenant, "какой возврат", audience);

        var call = Assert.Single(StandIn.Calls, call => call.Path.Contains("/points/", StringComparison.Ordinal));
        var searches = JsonNode.Parse(call.Body!)!["searches"]!.AsArray();
        Assert.Equal(["stems", "grams"], searches.Select(search => (string)search!["using"]!));
        Assert.All(searches, search =>
        {
            Assert.Equal(200, (int)search!["limit"]!);
            var ofTenant = $$$"""{"key":"tenant_id","match":{"value":"{{{Tenant}}}"}}""";
            Assert.Equal($$"""[{{ofTenant}},{"key":"audience","match":{{readers}} }]""".Replace(" ", "", StringComparison.Ordinal), search["filter"]!["must"]!.ToJsonString());
            Assert.Equal($"[{ofTenant}]", search["params"]!["idf"]!["corpus"]!["must"]!.ToJsonString());
        });
    }

    [Theory]
    [InlineData("1.18.2", "\"params\"")]
    [InlineData("1.10.0", "is_tenant")]
    public async Task What_a_version_does_not_know_is_not_sent(string version, string unknown)
    {
        await using var old = await TestQdrant.StandInAsync(new StandInOptions { Version = version, Records = true });
        await using var desk = await OtherDeskAsync(("Url", old.StandIn!.Url.ToString()));
        await desk.PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."));
        Assert.Single(await desk.TextsAsync(Tenant, "какой возврат"));
        Assert.DoesNotContain(old.StandIn.Calls, call => call.Body?.Contains(unknown, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task With_an_embedding_model_there_is_a_dense_vector_too()
    {
        await using var desk = await OtherDeskAsync(("DenseSize", "3"), ("Collection", $"dense-{Guid.NewGuid():N}"));
        var vectors = desk.Services.GetRequiredService<IChunkVectors>();
        var word = new SparseVector([7], [1]);
        await vectors.PutAsync(Tenant, [Chunk(1, word, [1, 0, 0]), Chunk(2, word, [0, 1, 0]), Chunk(3, word, [0, .1f, 1])], CancellationToken.None);

        var none = new SparseVector([], []);
        Assert.Equal([2], await vectors.NearestAsync(new NearestQuery(Tenant, Audience.Customers, none, none, [0, .9f, 0], 1), CancellationToken.None));
        Assert.Empty(await vectors.NearestAsync(new NearestQuery(Tenant, Audience.Customers, none, none, null, 1), CancellationToken.None));
        var create = Assert.Single(StandIn.Calls, call => call.Method == "PUT" && call.Path.EndsWith("_1", StringComparison.Ordinal));
        Assert.Equal("""{"size":3,"distance":"Cosine","on_disk":true}""", JsonNode.Parse(create.Body!)!["vectors"]!["dense"]!.ToJsonString());
        Assert.Equal((0, 16), ((int)JsonNode.Parse(create.Body!)!["hnsw_config"]!["m"]!, (int)JsonNode.Parse(create.Body!)!["hnsw_config"]!["payload_m"]!));
    }

    [Theory]
    [InlineData("""{"sparse_vectors":{"stems":{"modifier":"idf"}}}""", "has no sparse vector \"grams\"", "0")]
    [InlineData("""{"sparse_vectors":{"stems":{},"grams":{"modifier":"idf"}}}""", "has a sparse vector \"stems\" without the modifier idf", "0")]
    [InlineData("""{"vectors":{"size":4,"distance":"Dot"}}""", "has no sparse vector \"stems\"", "0")]
    [InlineData("""{"sparse_vectors":{"stems":{"modifier":"idf"},"grams":{"modifier":"idf"}}}""", "has no vector \"dense\", but Support__Qdrant__DenseSize is 8", "8")]
    [InlineData("""{"vectors":{"dense":{"size":4,"distance":"Cosine"}},"sparse_vectors":{"stems":{"modifier":"idf"},"grams":{"modifier":"idf"}}}""", "has dense vectors of 4, but Support__Qdrant__DenseSize is 8", "8")]
    public async Task A_collection_of_another_shape_is_described_and_reindexing_mends_it(string found, string difference, string dense)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = StandIn.Url };
        await SendAsync(http, HttpMethod.Put, $"collections/{Qdrant.Collection}_1", found);
        await SendAsync(http, HttpMethod.Post, "collections/aliases", $$$"""{"actions":[{"create_alias":{"collection_name":"{{{Qdrant.Collection}}}_1","alias_name":"{{{Qdrant.Collection}}}"}}]}""");
        await using var desk = await OtherDeskAsync(("DenseSize", dense));

        var problem = await ProblemOfPublishingAsync(desk);
        Assert.Contains(difference, problem, StringComparison.Ordinal);
        Assert.Contains("Run `Support.Server knowledge reindex`", problem, StringComparison.Ordinal);

        await desk.Services.GetRequiredService<RebuildKnowledge>().RunAsync(_ => { }, CancellationToken.None);
        await desk.PublishAsync(Tenant, "rules", Audience.Customers, ("Правила", "Возврат за 14 дней."));
        Assert.Single(await desk.TextsAsync(Tenant, "какой возврат"));
    }

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private static ChunkVectors Chunk(long id, SparseVector stems, float[] dense) => new(id, 1, 1, Audience.Customers, stems, stems, dense);
}
