using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Contracts.Qdrant;
using Support.Ingestion.Readers;
using Support.Knowledge;
using Support.Qdrant;
using Support.Retrieval;

namespace Support.Tests.Quality;

public sealed class QdrantSamplesTests
{
    private static readonly string[] Questions =
    [
        "Когда вернутся деньги на карту?", "как вернуть товар без чека", "сколько стоит доставка в Казань", "можно ли оплатить частями", "гарантия на колонку", "где мои искры",
        "потерял чек что делать", "kak vernut dengi", "ghbdtn, rjulf dthyenm ltymub", "оплтаа картй", "адрес магазина", "сменить пароль",
        "When do I get my money back?", "how long is the warranty", "delivery price", "delete my account", "reset pasword", "swift r5 does not turn on", "pay in instalments", "refund limits",
    ];

    [Fact]
    public async Task On_the_samples_both_indexes_find_the_same_ten_passages_with_the_same_confidence()
    {
        await using var qdrant = await TestQdrant.StartAsync();
        await using var desk = await qdrant.DeskAsync((services, configuration) => services.AddQdrant(configuration));
        var tenant = await desk.AddTenantAsync();
        var reader = new DocumentReader(Options.Create(new ReaderLimits()), NullLogger<DocumentReader>.Instance);
        foreach (var file in Directory.GetFiles(Samples(), "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("README.md", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var reading = Assert.IsType<Reading.Complete>(await reader.ReadFileAsync(file, CancellationToken.None));
            var chunks = Chunker.Cut(reading.Documents, new ChunkOptions()).Select(chunk => (chunk.Title, chunk.Text)).Distinct();
            await desk.PublishAsync(tenant, file, file.Contains("staff", StringComparison.Ordinal) ? Audience.Staff : Audience.Customers, [.. chunks]);
        }
        var published = await new PostgresChunkSource(desk.Database).ChangesAsync(tenant, 0, CancellationToken.None);
        var inProcess = new TenantIndex();
        inProcess.Apply([.. published.Documents.SelectMany(document => document.Chunks).OrderBy(chunk => chunk.ChunkId)], []);
        Assert.InRange(inProcess.Chunks, 60, 10_000);

        foreach (var audience in (Audience[])[Audience.Customers, Audience.Staff])
            foreach (var question in Questions)
            {
                var (expected, found) = (inProcess.Search(question, audience), await desk.AskAsync(tenant, question, audience));
                Assert.Equal(expected.Passages.Select(passage => passage.ChunkId), found.Passages.Select(passage => passage.ChunkId));
                Assert.Equal(expected.Confidence, found.Confidence, 6);
            }
    }

    private static string Samples()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "dev.cs")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "samples");
    }
}
