using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Support.Models;
using Support.OpenAi.Settings;
using Support.Simulation.Models;

namespace Support.Tests.OpenAi;

/// <summary>Azure's v1 endpoint: the same wire format at another path, with a key or an identity's token.</summary>
public sealed class AzureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_key_it_is_asked_like_OpenAI_at_its_own_path()
    {
        await using var desk = await ModelDesk.OpenAsync(("Endpoint", "{0}openai/v1/"), ("Kind", "Azure"), ("Model", "my-deployment"));

        Assert.NotEqual("", await ModelPath.Chat.CallAsync(desk, Cancellation));
        var request = Assert.Single(desk.Server.Requests);
        Assert.Equal(("/openai/v1/chat/completions", "my-deployment", ModelDesk.Key), (request.Path, request.Model, request.Key));
    }

    [Fact]
    public async Task A_wrong_deployment_is_called_one()
    {
        await using var desk = await ModelDesk.OpenAsync(("Endpoint", "{0}openai/v1/"), ("Kind", "Azure"));
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.WrongModel));

        var thrown = await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.Contains("Set Support__Models__Model (or OPENAI_MODEL) to the name of a deployment of that resource.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_a_token_of_the_identity_is_asked_for_with_the_scope_of_the_service()
    {
        var identity = new RecordedIdentity();
        var way = new WayToServer();
        await using var desk = await ModelDesk.OpenAsync(
            services => services.AddSingleton<TokenCredential>(identity).AddKeyedSingleton(ModelsOptions.Section, new HttpClient(way)),
            ("Endpoint", "https://acme.openai.azure.com"), ("Key", null));
        way.Server = desk.ServerUrl;

        Assert.NotEqual("", await ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.NotEqual("", await ModelPath.Embeddings.CallAsync(desk, Cancellation));
        Assert.Equal([RecordedIdentity.Token, RecordedIdentity.Token], desk.Server.Requests.Select(request => request.Key));
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], identity.Scopes.Distinct());
    }

    [Fact]
    public async Task An_identity_without_the_role_is_told_which_one_it_needs()
    {
        var way = new WayToServer();
        await using var desk = await ModelDesk.OpenAsync(
            services => services.AddSingleton<TokenCredential>(new RecordedIdentity()).AddKeyedSingleton(ModelsOptions.Section, new HttpClient(way)),
            ("Endpoint", "https://acme.openai.azure.com"), ("Key", null));
        way.Server = desk.ServerUrl;
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.WrongKey));

        var thrown = await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.Equal(ModelFailure.Misconfigured, thrown.Failure);
        Assert.Contains("Give it the role Cognitive Services OpenAI User", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RecordedIdentity.Token, thrown.ToString() + desk.Log.All, StringComparison.Ordinal);
    }

    /// <summary>The SDK shows a token only to https. What a certificate would prove is not the matter here: the request goes to the scripted server.</summary>
    private sealed class WayToServer() : DelegatingHandler(new SocketsHttpHandler())
    {
        public Uri? Server { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(Server!, request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class RecordedIdentity : TokenCredential
    {
        public const string Token = "token-of-the-identity";

        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken(Token, DateTimeOffset.UtcNow.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
