using System.Text.RegularExpressions;

namespace Support.Generation;

/// <summary>Takes the marks of Markdown and AsciiDoc out of a line, so that it reads as plain text. Words, numbers and placeholders stay.</summary>
internal static partial class MarkdownLeftovers
{
    /// <returns>Null when the line was nothing but marks (a table's ruler, a fence).</returns>
    public static string? Clean(string line)
    {
        var text = line.TrimEnd();
        if (Fence().IsMatch(text) || Ruler().IsMatch(text))
            return null;
        text = LineBreak().Replace(text, " ");
        text = Image().Replace(text, "$1");
        text = Link().Replace(text, "$1");
        text = Code().Replace(text, "$2");
        text = Strong().Replace(text, "$2");
        text = Emphasis().Replace(text, "$1");
        text = Heading().Replace(text, "");
        text = StarBullet().Replace(text, "$1- ");
        text = Escape().Replace(text, "$1");
        text = Cells(text);
        return text.Trim().Length == 0 ? null : text.TrimEnd();
    }

    /// <summary>"| a | b |" becomes "a | b".</summary>
    private static string Cells(string text)
    {
        var inner = text.Trim();
        return inner.Length > 1 && inner[0] == '|' ? inner.Trim('|', ' ') : text;
    }

    [GeneratedRegex(@"^\s*(```|~~~|:::)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*(\|?[\s:|=-]*-{3,}[\s:|-]*|\|={3,}|\[[a-z]+=.*\])\s*$")]
    private static partial Regex Ruler();

    [GeneratedRegex(@"<br\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex LineBreak();

    [GeneratedRegex(@"!\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Image();

    [GeneratedRegex(@"\[([^\]]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+""[^""]*"")?\)(?:\{[^}]*\})?")]
    private static partial Regex Link();

    [GeneratedRegex(@"(`+)\s?(.+?)\s?\1")]
    private static partial Regex Code();

    [GeneratedRegex(@"(\*\*\*|\*\*|(?<!\w)__(?=\S))(?=\S)(.+?)(?<=\S)\1(?!\w)")]
    private static partial Regex Strong();

    [GeneratedRegex(@"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^\s*#{1,6}\s+")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(\s*)[*+]\s+")]
    private static partial Regex StarBullet();

    [GeneratedRegex(@"\\([\\`*_{}\[\]()#+.!|<>~-])")]
    private static partial Regex Escape();
}
