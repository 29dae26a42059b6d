using Azure.Core;
using Azure.Identity;

namespace Support.OpenAi.Calls;

/// <summary>Whose token Azure OpenAI is shown where there is no key.</summary>
internal static class EntraIdentity
{
    public const string Scope = "https://cognitiveservices.azure.com/.default";

    /// <summary>Loads Azure.Identity, which takes longer than the whole start of a function app: only where it is used.</summary>
    /// <param name="clientId">Of a user-assigned identity; null for the machine's own, or whoever is signed in on it.</param>
    public static TokenCredential Find(string? clientId) =>
        clientId is null ? new DefaultAzureCredential() : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
