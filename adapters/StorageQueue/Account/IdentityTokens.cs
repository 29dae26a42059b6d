using Azure.Core;
using Azure.Identity;
using Support.StorageQueue.Rest;

namespace Support.StorageQueue.Account;

/// <summary>Tokens for the machine's identity, or for whoever is signed in on it. The only place that loads Azure.Identity, which takes longer than the whole start of a function app.</summary>
internal sealed class IdentityTokens(string? clientId, bool onlyManaged)
{
    private static readonly string[] Scopes = ["https://storage.azure.com/.default"];

    private readonly TokenCredential _credential = Choose(clientId, onlyManaged);

    public async ValueTask<StorageToken> AskAsync(CancellationToken cancellation)
    {
        try
        {
            var token = await _credential.GetTokenAsync(new TokenRequestContext(Scopes), cancellation);
            return new StorageToken(token.Token, token.ExpiresOn);
        }
        catch (AuthenticationFailedException e)
        {
            throw new StorageQueueException(401, e.GetType().Name, "the identity got no token", e);
        }
    }

    private static TokenCredential Choose(string? clientId, bool onlyManaged) =>
        clientId is not null ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : onlyManaged ? new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned)
        : new DefaultAzureCredential();
}
