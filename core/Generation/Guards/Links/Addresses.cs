using System.Net;
using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>Finds what a chat would turn into a link, and what a reader would copy into a browser. Takes time in proportion to the text.</summary>
internal static class Addresses
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Regex Markdown = new(@"\[(?<shown>[^\]\n]{1,300})\] ?\( ?<?(?<target>[^)\s>]{1,2000})", Options);
    private static readonly Regex Reference = new(@"\[[^\]\n]{1,100}\]: ?<?(?<target>[^\s>]{1,2000})", Options);
    private static readonly Regex Html = new(@"(?:href|src|action) ?= ?[""']?(?<target>[^""'\s>]{1,2000})", Options);
    private static readonly Regex Scheme = new(@"[a-z][a-z0-9+.\-]{1,20}:/{1,3}[^\s<>""'`|\\^{}]{1,2000}", Options);
    private static readonly Regex Dangerous = new(@"(?:javascript|vbscript|data|file|blob|intent|livescript|mhtml) ?: ?[^\s]", Options);
    private static readonly Regex Mailbox = new(@"[\p{L}\p{N}._%+\-]{1,64}@[\p{L}\p{N}\-]{1,63}(?:\.[\p{L}\p{N}\-]{1,63})+", Options);
    private static readonly Regex Domain = new(@"[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,62}\.)+[\p{L}][\p{L}\p{N}\-]{1,62}(?::[0-9]{1,5})?(?:[/?#][^\s<>""'`|\\^{}]{0,2000})?", Options);
    private static readonly Regex Ip = new(@"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{1,5})?(?:/[^\s<>""'`]{0,2000})?", Options);
    private static readonly Regex Handle = new(@"(?:^|[^\p{L}\p{N}@/._])(?<name>@[a-z][a-z0-9_]{2,31})", Options);
    private static readonly Regex Hidden = new(@" ?[\[({] ?(?:\.|dot|точка) ?[\])}] ?| (?:dot|точка) ", Options);

    public static IReadOnlyList<Address> In(string text)
    {
        var seen = SeenText.Of(text).Text.Replace('。', '.').Replace('｡', '.');
        if (seen.Contains('&'))
            seen = WebUtility.HtmlDecode(seen);
        var found = new List<Address>();
        foreach (var match in Dangerous.Matches(seen).Where(match => match.Index == 0 || !char.IsLetterOrDigit(seen[match.Index - 1])))
            if (!match.Value.StartsWith("data", StringComparison.OrdinalIgnoreCase) || IsDataLink(seen, match.Index))
                found.Add(new Address(match.Value, match.Value, null, true, null));
        foreach (Match match in Markdown.Matches(seen))
            if (AddressKey.Of(match.Groups["target"].Value, mustBeAddress: true) is { } target)
                found.Add(target with { ShownAs = ShownBy(match.Groups["shown"].Value) });
        foreach (var shape in (ReadOnlySpan<Regex>)[Reference, Html])
            foreach (Match match in shape.Matches(seen))
                Add(match.Groups["target"].Value, mustBeAddress: true);
        seen = Take(Scheme, seen, mustBeAddress: true);
        seen = Take(Mailbox, seen, mustBeAddress: true);
        seen = Take(Domain, seen, mustBeAddress: false);
        seen = Take(Ip, seen, mustBeAddress: false);
        foreach (Match match in Handle.Matches(seen))
            Add(match.Groups["name"].Value, mustBeAddress: true);
        // "evil (dot) com", "сайт точка рф".
        Take(Domain, Hidden.Replace(seen, "."), mustBeAddress: false);
        foreach (var phone in Phone.Find(seen))
            found.Add(new Address(seen.Substring(phone.Start, phone.Length), "tel:" + phone.Value, null, false, null));
        return found;

        string Take(Regex shape, string from, bool mustBeAddress) => shape.Replace(from, match =>
        {
            // A number with a point is no host, and a price no IP address.
            if (mustBeAddress || match.Value.Any(char.IsLetter) || IPAddress.TryParse(match.Value.Split(':', '/')[0], out _))
                Add(match.Value, mustBeAddress);
            else
                return match.Value;
            return " ";
        });

        void Add(string address, bool mustBeAddress)
        {
            if (AddressKey.Of(address, mustBeAddress) is { } made)
                found.Add(made);
        }
    }

    private static string? ShownBy(string shown) => Domain.Match(shown) is { Success: true } match && AddressKey.Of(match.Value, mustBeAddress: false) is { } address ? address.Key : null;

    /// <summary>"data:text/html,…", not "ваши data: имя".</summary>
    private static bool IsDataLink(string seen, int at) => seen.AsSpan(at, Math.Min(60, seen.Length - at)) is var start && (start.Contains('/') || start.Contains(";base64", StringComparison.OrdinalIgnoreCase));
}
