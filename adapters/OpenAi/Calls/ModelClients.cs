using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Net.Http;
using Azure.Core;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;
using OpenAI.Embeddings;
using Support.OpenAi.Settings;

// Constructors that take a policy, the only way to an identity's token, are marked as experimental; the SDK's own clients for Azure are built on them.
#pragma warning disable OPENAI001

namespace Support.OpenAi.Calls;

/// <summary>The SDK's clients, one for each model, without retries, limits of time and logs of their own.</summary>
/// <param name="identity">Null for the machine's.</param>
internal sealed class ModelClients(HttpClient http, ModelsOptions options, TokenCredential? identity)
{
    // What servers that want no key want in its place.
    private const string NoKey = "none";

    private readonly ConcurrentDictionary<ModelTarget, IChatClient> _chats = new();
    private readonly ConcurrentDictionary<ModelTarget, IEmbeddingGenerator<string, Embedding<float>>> _embeddings = new();
    private readonly ConcurrentDictionary<ModelTarget, AudioClient> _audios = new();

    private readonly Lazy<AuthenticationPolicy> _entra = new(() => new BearerTokenPolicy(identity ?? EntraIdentity.Find(options.ClientId), EntraIdentity.Scope));

    public IChatClient Chat(ModelTarget target) => _chats.GetOrAdd(target, _ => new ChatClient(target.Model, Policy(target), Options(target)).AsIChatClient());

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(ModelTarget target) =>
        _embeddings.GetOrAdd(target, _ => new EmbeddingClient(target.Model, Policy(target), Options(target)).AsIEmbeddingGenerator(options.Dimensions == 0 ? null : options.Dimensions));

    public AudioClient Audio(ModelTarget target) => _audios.GetOrAdd(target, _ => new AudioClient(target.Model, Policy(target), Options(target)));

    private AuthenticationPolicy Policy(ModelTarget target) => target.Service switch
    {
        { UsesEntra: true } => _entra.Value,
        { Key: null, Kind: ServiceKind.OpenAi } => throw Refusal.NoKey(target),
        var service => ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(service.Key ?? NoKey)),
    };

    private OpenAIClientOptions Options(ModelTarget target) => new()
    {
        Endpoint = target.Service.Endpoint,
        Transport = new HttpClientPipelineTransport(http),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false, EnableMessageLogging = false, EnableMessageContentLogging = false },
        EnableDistributedTracing = false,
        UserAgentApplicationId = "support-desk",
    };
}
