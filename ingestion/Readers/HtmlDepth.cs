namespace Support.Ingestion.Readers;

/// <summary>
/// How deep the tags of a page are nested, found without building the page: building takes time that grows with the square of the depth.
/// Elements whose end tag may be left out do not count, as they close each other.
/// </summary>
internal static class HtmlDepth
{
    private static readonly HashSet<string> Uncounted = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption", "option", "optgroup", "rp", "rt", "html", "head", "body",
    };

    public static bool IsAbove(ReadOnlySpan<char> html, int limit)
    {
        var uncounted = Uncounted.GetAlternateLookup<ReadOnlySpan<char>>();
        var depth = 0;
        while (html.IndexOf('<') is >= 0 and var at)
        {
            html = html[(at + 1)..];
            var closing = html.StartsWith("/");
            var name = closing ? html[1..] : html;
            var length = 0;
            while (length < name.Length && length < 32 && char.IsAsciiLetterOrDigit(name[length]))
                length++;
            name = name[..length];
            if (name.IsEmpty || !char.IsAsciiLetter(name[0]) || uncounted.Contains(name))
                continue;
            depth = closing ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > limit)
                return true;
        }
        return false;
    }
}
