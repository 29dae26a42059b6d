namespace Support.OpenAi.Settings;

/// <summary>One service as the settings name it.</summary>
/// <param name="Endpoint">With a slash at its end.</param>
/// <param name="Key">Null for an identity, or where none is wanted.</param>
/// <param name="Kind">Never <see cref="ServiceKind.Auto"/>.</param>
/// <param name="EndpointSetting">The setting that says where it is, for messages.</param>
/// <param name="KeySetting">The same of the key.</param>
internal sealed record ServiceAddress(Uri Endpoint, string? Key, ServiceKind Kind, string EndpointSetting, string KeySetting)
{
    private const string OpenAi = "https://api.openai.com/v1/";

    private static readonly string[] AzureHosts = [".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com", ".openai.azure.us", ".openai.azure.cn"];

    /// <summary>One breaker and one limit for all that goes to the same place with the same key.</summary>
    public (Uri, string?) Identity => (Endpoint, Key);

    public bool UsesEntra => Kind == ServiceKind.Azure && Key is null;

    // Not the generated one, which would print the key.
    public override string ToString() => Endpoint.AbsoluteUri;

    /// <param name="endpoint">Checked before.</param>
    public static ServiceAddress Of(string? endpoint, string? key, ServiceKind kind, string endpointSetting, string keySetting)
    {
        var uri = new Uri(endpoint ?? OpenAi);
        var actual = kind == ServiceKind.Auto ? KindOf(uri) : kind;
        return new ServiceAddress(Whole(uri, actual), key, actual, endpointSetting, keySetting);
    }

    public static ServiceKind KindOf(Uri uri) =>
        uri.Host == "api.openai.com" ? ServiceKind.OpenAi
        : AzureHosts.Any(host => uri.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)) ? ServiceKind.Azure
        : ServiceKind.Compatible;

    /// <summary>The portals of Azure show the resource's address without the path of its v1 endpoint.</summary>
    private static Uri Whole(Uri uri, ServiceKind kind) =>
        kind == ServiceKind.Azure && uri.AbsolutePath == "/" ? new Uri(uri, "/openai/v1/")
        : uri.AbsoluteUri.EndsWith('/') ? uri
        : new Uri(uri.AbsoluteUri + "/");
}
