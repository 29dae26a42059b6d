namespace Support.Simulation;

/// <summary>Addresses Telegram accepts in links and buttons: http, https and tg, with a host that exists outside this machine's network.</summary>
internal static class LinkAddress
{
    public static bool TryRead(string url, out string address, out string flaw)
    {
        address = url.Contains("://", StringComparison.Ordinal) ? url : "http://" + url;
        flaw = "Wrong HTTP URL";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return false;
        if (uri.Scheme is "tg" or "ton" or "tonsite")
            return true;
        if (uri.Scheme is not ("http" or "https"))
        {
            flaw = "Unsupported URL protocol";
            return false;
        }
        if (!uri.Host.Contains('.') && uri.HostNameType != UriHostNameType.IPv6)
            return false;
        // Telegram writes the empty path out.
        if (uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && !address.EndsWith('/'))
            address += "/";
        return true;
    }
}
