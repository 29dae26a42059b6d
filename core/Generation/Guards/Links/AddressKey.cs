using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace Support.Generation.Guards;

/// <summary>One spelling for each address, so that two can be compared.</summary>
internal static class AddressKey
{
    private static readonly FrozenSet<string> Endings = GuardData.Lines("top-level-domains.txt").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly SearchValues<char> SchemeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
    private static readonly IdnMapping Punycode = new();

    /// <param name="mustBeAddress">Its place says that it is one, so that any host counts; else its ending must be one of the domains there are.</param>
    /// <returns>Null for what is no address: "config.yaml".</returns>
    public static Address? Of(string text, bool mustBeAddress)
    {
        var rest = text.TrimEnd('.', ',', ';', ':', '!', '?', '*', '_', '"', '\'', '»', '”', ')', ']');
        if (text.EndsWith(')') && rest.Contains('('))
            rest += ")";
        if (rest.StartsWith('@'))
            return new Address(rest, "@" + rest[1..].ToLowerInvariant(), null, false, null);
        var scheme = "";
        if (rest.IndexOf(':') is > 0 and var colon && rest.AsSpan(0, colon).IndexOfAnyExcept(SchemeLetters) < 0 && !IsPort(rest, colon))
        {
            scheme = rest[..colon].ToLowerInvariant();
            rest = rest[(colon + 1)..].TrimStart('/');
        }
        if (scheme is not ("" or "http" or "https" or "mailto" or "tel" or "tg" or "hxxp" or "hxxps"))
            return new Address(text, text, null, true, null);
        if (scheme == "tel")
            return new Address(text, "tel:" + string.Concat(rest.Where(c => char.IsAsciiDigit(c) || c == '+')), null, false, null);
        if (scheme == "tg")
            return new Address(text, "tg:" + rest.ToLowerInvariant(), null, false, null);
        return rest.Contains('@') && rest.IndexOfAny(['/', '?', '#']) is var path && (path < 0 || scheme == "mailto") ? Mailbox(text, rest) : Page(text, rest, mustBeAddress || scheme.Length > 0);
    }

    private static Address Mailbox(string text, string rest)
    {
        var at = rest.IndexOf('@');
        var query = rest.IndexOf('?');
        var end = query > at ? query : rest.Length;
        return new Address(text, rest[..at].ToLowerInvariant() + "@" + HostKey(rest[(at + 1)..end]) + rest[end..], null, false, null);
    }

    private static Address? Page(string text, string rest, bool mustBeAddress)
    {
        var end = rest.IndexOfAny(['/', '?', '#', '\\']);
        var host = end < 0 ? rest : rest[..end];
        // "https://veranta.example@evil.com" leads to evil.com.
        host = host[(host.LastIndexOf('@') + 1)..];
        var port = host.LastIndexOf(':') is > 0 and var colon ? host[colon..] : "";
        host = host[..^port.Length].TrimEnd('.');
        var ending = host[(host.LastIndexOf('.') + 1)..];
        if (host.Length == 0 || !mustBeAddress && !IsEnding(ending))
            return null;
        // A relative target of a document's own link has no host.
        if (!text.Contains("//", StringComparison.Ordinal) && !host.Contains('.'))
            return null;
        var key = HostKey(host) + (port is ":80" or ":443" ? "" : port);
        var path = end < 0 ? "" : rest[end..].TrimEnd('/');
        return key is "t.me" or "telegram.me" && path.Length > 1 && path.AsSpan(1).IndexOfAny("/?#+") < 0
            ? new Address(text, "@" + path[1..].ToLowerInvariant(), null, false, null)
            : new Address(text, key + path, key, false, null);
    }

    private static string HostKey(string host)
    {
        var lower = host.TrimEnd('.').ToLowerInvariant();
        try
        {
            lower = Punycode.GetAscii(lower);
        }
        catch (ArgumentException)
        {
            // No host that exists; it is compared as it stands.
        }
        return lower.StartsWith("www.", StringComparison.Ordinal) ? lower[4..] : lower;
    }

    /// <summary>Two letters may be any country, and look-alikes of an ending are an ending.</summary>
    private static bool IsEnding(string ending) =>
        ending.Length == 2 && char.IsLetter(ending[0]) && char.IsLetter(ending[1]) || Endings.Contains(ending) || Endings.Contains(LookAlikes.ToLatin(ending));

    private static bool IsPort(string text, int colon) => text.AsSpan(0, colon).Contains('.') && colon + 1 < text.Length && char.IsAsciiDigit(text[colon + 1]);
}
