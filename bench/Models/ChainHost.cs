using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Support.Confidence;
using Support.Knowledge;
using Support.Models;
using Support.OpenAi;
using Support.Questions;
using Support.Retrieval;
using Support.Retrieval.Dense;
using Support.Simulation.Models;
using Support.Tenants;
using Support.Text;

namespace Support.Bench.Models;

/// <summary>The chain as the desk's hosts put it together, over chunks in memory and without a database: every question is new to it, and what models cost is in each <see cref="ModelUse"/>.</summary>
internal sealed class ChainHost : IAsyncDisposable
{
    private static readonly TenantId Tenant = new(Guid.Parse("11111111-1111-1111-1111-111111111111"));

    private readonly ServiceProvider _services;

    private ChainHost(ServiceProvider services) => _services = services;

    public IModels Models => _services.GetRequiredService<IModels>();

    /// <param name="settings">Of models: from the environment, or of a scripted server.</param>
    public static async Task<ChainHost> StartAsync(IReadOnlyList<IndexedChunk> chunks, IConfiguration settings, CancellationToken cancellation)
    {
        var configuration = new ConfigurationBuilder().AddConfiguration(settings).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Support:Security:MasterKey"] = Convert.ToBase64String(new byte[32]),
            ["Support:Database:ConnectionString"] = "Host=127.0.0.1",
            ["Support:Generation:KeepAnswers"] = "00:00:00",
        }).Build();
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging(logging => logging.ClearProviders());
        services.AddDesk(configuration);
        services.AddModelsAlone(configuration);
        var vectors = new CorpusVectors();
        services.Replace(ServiceDescriptor.Singleton<IChunkSource>(new CorpusSource(chunks)));
        services.Replace(ServiceDescriptor.Singleton<IVectorSource>(vectors));
        var host = new ChainHost(services.BuildServiceProvider());
        await vectors.EmbedAsync(host.Models, Tenant, chunks, cancellation);
        await host._services.GetRequiredService<IKnowledgeIndex>().ReachAsync(Tenant, 1, cancellation);
        return host;
    }

    /// <summary>Settings for a scripted server with all roles that a typed question needs.</summary>
    public static IConfiguration Scripted(RunningScriptedModels server) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Support:Models:Endpoint"] = new Uri(server.BaseUrl, "v1").AbsoluteUri,
        ["Support:Models:Key"] = "sk-bench",
        ["Support:Models:Model"] = "scripted",
        ["Support:Models:Embedding:Model"] = "scripted-embedding",
    }).Build();

    /// <summary>An account for one question.</summary>
    public static ModelUse NewUse() => new(Tenant);

    /// <param name="use">Null: as a desk without models.</param>
    /// <param name="isWatched">The answer is streamed, as to a private chat.</param>
    /// <param name="earlier">The question before, where this one follows it.</param>
    public Task<Decided> AskAsync(string question, ModelUse? use, Earlier? earlier, CancellationToken cancellation, bool isWatched = false) => _services.GetRequiredService<DecideAnswer>().DecideAsync(
        new QuestionToDecide(Tenant, question, LanguageGuess.Of(question) ?? LanguageGuess.English, 1, TenantConfidence.Default) { Use = use, Earlier = earlier, Show = isWatched ? _ => { } : null }, cancellation);

    /// <summary>By words alone.</summary>
    public async Task<Retrieved> RankAsync(string question, CancellationToken cancellation) =>
        await _services.GetRequiredService<IKnowledgeIndex>().SearchAsync(Tenant, Audience.Customers, question, 1, cancellation);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
