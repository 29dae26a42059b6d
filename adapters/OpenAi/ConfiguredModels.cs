using System.Net.Http;
using Microsoft.Extensions.AI;
using Support.Models;
using Support.OpenAi.Calls;
using Support.OpenAi.Chat;
using Support.OpenAi.Settings;
using Support.Reranking;

namespace Support.OpenAi;

/// <summary>The models that the settings name: at OpenAI, at Azure OpenAI, or at any server that speaks like them.</summary>
internal sealed class ConfiguredModels(ModelsOptions options, ModelPlan plan, ModelCaller caller, ModelClients clients, WhoStreams streams, HttpClient http, TimeProvider clock) : IModels
{
    private readonly RerankCall _rerank = new(http, options.RerankEndpoint, clock);

    public bool HasRerankEndpoint => plan.RerankEndpoints.Any(endpoint => !endpoint.IsRefused);

    public bool Has(ModelRole role) => plan.Of(role).Any(target => !target.IsRefused);

    public string? NameOf(ModelRole role) => plan.Of(role) is [var first, ..] ? first.Model : null;

    public decimal? CostOf(ModelRole role, long promptTokens, long completionTokens) =>
        plan.Of(role) is [{ Price: { Model: not null } price }, ..] ? price.CostOf(promptTokens, 0, completionTokens) : null;

    public IChatClient Chat(ModelRole role, ModelUse use) => new RoleChatClient(TargetsOf(role), use, caller, clients, streams, options, clock);

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelUse use) => new RoleEmbeddings(TargetsOf(ModelRole.Embedding), use, caller, clients, options);

    public async Task<IReadOnlyList<double>> RerankAsync(string query, IReadOnlyList<string> texts, ModelUse use, CancellationToken cancellation)
    {
        if (plan.RerankEndpoints.Count == 0)
            throw new ModelException(ModelFailure.NotConfigured, "No rerank endpoint is set (Support__Models__RerankEndpoint__Url).");
        if (texts.Count == 0)
            return [];
        return await caller.CallAsync(plan.RerankEndpoints, use, (attempt, token) => _rerank.OnceAsync(query, texts, attempt, token), cancellation);
    }

    public async Task<string> TranscribeAsync(ReadOnlyMemory<byte> audio, string name, string? language, ModelUse use, CancellationToken cancellation) =>
        await caller.CallAsync(TargetsOf(ModelRole.Transcription), use, (attempt, token) => TranscribeCall.OnceAsync(clients, audio, name, language, attempt, token), cancellation);

    private IReadOnlyList<ModelTarget> TargetsOf(ModelRole role) => plan.Of(role) is { Count: > 0 } targets
        ? targets
        : throw new ModelException(ModelFailure.NotConfigured, $"No model is set for {role} (Support__Models__{role}__Model).");
}
