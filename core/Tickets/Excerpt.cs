using Support.Conversations;

namespace Support.Tickets;

/// <summary>The beginning of a text that fits: cut between words, never inside a character, with "…" where something is missing.</summary>
public static class Excerpt
{
    /// <param name="length">UTF-16 units of the result, at least 1.</param>
    public static string Plain(string text, int length)
    {
        text = text.Trim();
        return text.Length <= length ? text : CutAt(text, length - 1) + "…";
    }

    /// <summary>The same on one line.</summary>
    public static string Line(string text, int length) => Plain(text.ReplaceLineEndings(" "), length);

    /// <summary>Escaped for HTML; the escapes count.</summary>
    public static string Html(string text, int length)
    {
        text = text.Trim();
        var fits = FittingLength(text, length);
        return fits == text.Length ? Conversations.Html.Escape(text) : Conversations.Html.Escape(CutAt(text, FittingLength(text, length - 1))) + "…";
    }

    private static int FittingLength(string text, int length)
    {
        for (var i = 0; i < text.Length; i++)
        {
            length -= text[i] switch { '<' or '>' => 4, '&' => 5, '"' => 6, _ => 1 };
            if (length < 0)
                return i;
        }
        return text.Length;
    }

    private static string CutAt(string text, int length)
    {
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        var cut = text.AsSpan(0, length);
        if (length < text.Length && !char.IsWhiteSpace(text[length]))
        {
            // A word longer than the last quarter is no reason to lose that quarter.
            var lastSpace = cut.LastIndexOfAny(' ', '\n', '\t');
            if (lastSpace >= length * 3 / 4)
                cut = cut[..lastSpace];
        }
        return cut.TrimEnd().ToString();
    }
}
