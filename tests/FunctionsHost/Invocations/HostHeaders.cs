namespace Support.FunctionsHost.Invocations;

/// <summary>What the host says of itself to a handler.</summary>
internal static class HostHeaders
{
    public const string InvocationId = "X-Azure-Functions-InvocationId";
    public const string HostVersion = "X-Azure-Functions-HostVersion";

    /// <summary>On proxied requests only, so that a handler can tell them from envelopes.</summary>
    public const string ProxiedInvocationId = "x-ms-invocation-id";

    /// <summary>A version of the real host's form; the stand-in follows no version in particular.</summary>
    public const string Version = "4.1044.400.0";
}
