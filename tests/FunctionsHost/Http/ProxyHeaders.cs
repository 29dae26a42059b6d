using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Support.FunctionsHost.Invocations;

namespace Support.FunctionsHost.Http;

/// <summary>Which headers cross the host: all but those that belong to one connection.</summary>
internal static class ProxyHeaders
{
    private static readonly HashSet<string> OfConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>The host's own replace what an outsider may have sent under their names.</summary>
    public static void CopyTo(HttpRequestMessage proxied, IHeaderDictionary headers, Guid invocation)
    {
        foreach (var (name, values) in headers)
        {
            if (!OfConnection.Contains(name))
                Add(proxied, name, values);
        }

        foreach (var (name, value) in Own(invocation))
        {
            proxied.Headers.Remove(name);
            proxied.Headers.Add(name, value);
        }
    }

    public static void CopyBack(HttpResponseMessage answer, IHeaderDictionary headers)
    {
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!OfConnection.Contains(name))
                headers.Append(name, new StringValues([.. values]));
        }
    }

    private static void Add(HttpRequestMessage proxied, string name, StringValues values)
    {
        if (!proxied.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            proxied.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
    }

    private static IEnumerable<(string Name, string Value)> Own(Guid invocation) =>
    [
        (HostHeaders.ProxiedInvocationId, invocation.ToString()),
        (HostHeaders.InvocationId, invocation.ToString()),
        (HostHeaders.HostVersion, HostHeaders.Version),
    ];
}
