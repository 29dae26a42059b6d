namespace Support.Tickets;

/// <summary>Cuts a long text into messages, at the end of a paragraph, a line, a sentence or a word, whichever comes first in that order.</summary>
internal static class Pieces
{
    /// <param name="length">UTF-16 units of a piece, at least 2.</param>
    public static IReadOnlyList<string> Of(string text, int length)
    {
        var pieces = new List<string>();
        var rest = text.AsSpan().Trim();
        while (rest.Length > length)
        {
            var end = EndOfPiece(rest, length);
            pieces.Add(rest[..end].TrimEnd().ToString());
            rest = rest[end..].TrimStart();
        }
        if (rest.Length > 0)
            pieces.Add(rest.ToString());
        return pieces;
    }

    private static int EndOfPiece(ReadOnlySpan<char> text, int length)
    {
        var window = text[..length];
        foreach (var boundary in new[] { "\n\n", "\n", ". ", " " })
        {
            // A piece less than half full would tear the text into too many.
            var at = window.LastIndexOf(boundary);
            if (at >= length / 2)
                return at + boundary.TrimEnd(' ').Length;
        }
        return char.IsHighSurrogate(window[^1]) ? length - 1 : length;
    }
}
