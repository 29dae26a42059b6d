using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Support.Confidence;
using Support.Contracts;
using Support.Knowledge;
using Support.Models;
using Support.OpenAi;
using Support.Questions;
using Support.Simulation.Models;
using Support.Tenants;

namespace Support.Tests.Chain;

/// <summary>A desk with documents in a real PostgreSQL, and models that a script plays behind a real socket and the real SDK.</summary>
internal sealed class ChainDesk : IAsyncDisposable
{
    private readonly RunningScriptedModels _server;

    private ChainDesk(RunningScriptedModels server, KnowledgeDesk desk, TenantId tenant) => (_server, Desk, Tenant) = (server, desk, tenant);

    public KnowledgeDesk Desk { get; }

    public TenantId Tenant { get; }

    public ScriptedModels Server => _server.Models;

    public static async Task<ChainDesk> OpenAsync(params (string Name, string? Value)[] settings)
    {
        var server = await ScriptedModelHost.StartAsync(new ScriptedModelOptions { Dimensions = 64 }, "http://127.0.0.1:0", TestContext.Current.CancellationToken);
        var all = new Dictionary<string, string?>
        {
            ["Support:Models:Endpoint"] = new Uri(server.BaseUrl, "v1").AbsoluteUri,
            ["Support:Models:Key"] = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz",
            ["Support:Models:Model"] = "chat-1",
            ["Support:Models:Retries"] = "0",
            // Every question is judged, however clear it is.
            ["Support:Generation:ClearFrom"] = "1",
        };
        foreach (var (name, value) in settings)
            all[name] = value?.Replace("{0}", server.BaseUrl.AbsoluteUri, StringComparison.Ordinal);
        var desk = await KnowledgeDesk.CreateAsync(all, (services, configuration) => services.AddModels(configuration));
        return new ChainDesk(server, desk, await desk.AddTenantAsync());
    }

    public Task PublishAsync(params (string Title, string Text)[] chunks) => Desk.PublishAsync(Tenant, "rules.md", Audience.Customers, chunks);

    /// <param name="tenant">Null: <see cref="Tenant"/>.</param>
    public async Task<Decided> AskAsync(string question, string language = "ru", Earlier? earlier = null, TenantId? tenant = null, ModelUse? use = null, Action<string>? show = null)
    {
        var asking = tenant ?? Tenant;
        var change = await Desk.InAsync(asking, transaction => transaction.FirstAsync<long>("select knowledge_change from tenant", null, CancellationToken.None));
        await Desk.Index.ReachAsync(asking, change, CancellationToken.None);
        return await Desk.Services.GetRequiredService<DecideAnswer>().DecideAsync(
            new QuestionToDecide(asking, question, language, change, TenantConfidence.Default) { Use = use ?? new ModelUse(asking), Earlier = earlier, Show = show }, CancellationToken.None);
    }

    /// <summary>The schemas asked for, in order.</summary>
    public IReadOnlyList<string?> Asked => [.. Server.Asked(ModelCallKind.Chat).Select(request => request.SchemaName)];

    /// <summary>The one request of this schema.</summary>
    public ModelRequest OnlyAsked(string schema) => Assert.Single(Server.Asked(ModelCallKind.Chat), request => request.SchemaName == schema);

    /// <summary>From now on the answers are these, and then the last one for ever.</summary>
    public void Write(params string[] answers)
    {
        var next = 0;
        Server.Scripts.ForSchema("support_answer", _ => Json(new { answerable = true, answer = answers[Math.Min(next++, answers.Length - 1)], citations = new[] { 1 }, missing = "" }));
    }

    public static ModelReply Json(object reply) => JsonSerializer.Serialize(reply);

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await _server.DisposeAsync();
    }
}
