using System.Text;

namespace Support.Conversations;

/// <summary>
/// Cuts an HTML text into messages Telegram accepts: after a paragraph, else a line, a sentence, a word. Tags that are open
/// at a cut are closed before it and opened again after it. White space at a cut is dropped, except indentation inside pre.
/// </summary>
public static class MessageSplitter
{
    /// <summary>UTF-16 units after entities (Bot API, sendMessage).</summary>
    public const int Limit = 4096;

    public static IReadOnlyList<string> Split(string html) => Split(html, Limit);

    internal static IReadOnlyList<string> Split(string html, int limit)
    {
        // Entities and tags only make the source longer than what is counted.
        if (html.Length <= limit)
            return string.IsNullOrWhiteSpace(html) ? [] : [html];

        var tokens = HtmlTokens.Of(html).ToList();
        var parts = new List<string>();
        var open = new List<HtmlToken>();
        for (var start = 0; start < tokens.Count;)
        {
            var end = EndOfPart(tokens, start, limit);
            if (Part(html, tokens, start, end, open) is { } part)
                parts.Add(part);
            start = SkipWhiteSpace(html, tokens, end, open);
        }

        return parts;
    }

    /// <summary>The token the next part begins with.</summary>
    private static int EndOfPart(List<HtmlToken> tokens, int start, int limit)
    {
        var breaks = new Breaks(limit);
        var units = 0;
        var before = default(Rune);
        for (var at = start; at < tokens.Count; at++)
        {
            var token = tokens[at];
            if (token.Kind != HtmlTokenKind.Character)
                continue;
            if (Rune.IsWhiteSpace(token.Character))
                breaks.Add(RankOf(token.Character, before, NextCharacter(tokens, at)), at, units);
            if (units + token.Units > limit)
                return WithCloseTags(tokens, breaks.Best ?? at);
            units += token.Units;
            before = token.Character;
        }

        return tokens.Count;
    }

    private static Rank RankOf(Rune space, Rune before, Rune after) => space.Value switch
    {
        '\n' when after.Value == '\n' || before.Value == '\n' => Rank.Paragraph,
        '\n' => Rank.Line,
        _ when before.Value is '.' or '!' or '?' or '…' => Rank.Sentence,
        _ => Rank.Word,
    };

    private static Rune NextCharacter(List<HtmlToken> tokens, int at)
    {
        while (++at < tokens.Count)
            if (tokens[at].Kind == HtmlTokenKind.Character)
                return tokens[at].Character;
        return default;
    }

    /// <summary>Tags that end where the part ends belong to it; carried over they would make an empty pair.</summary>
    private static int WithCloseTags(List<HtmlToken> tokens, int at)
    {
        while (at < tokens.Count && tokens[at].Kind == HtmlTokenKind.CloseTag)
            at++;
        return at;
    }

    /// <param name="open">Tags open at the start; afterwards those open at the end.</param>
    private static string? Part(string html, List<HtmlToken> tokens, int start, int end, List<HtmlToken> open)
    {
        var part = new StringBuilder();
        foreach (var tag in open)
            part.Append(html.AsSpan(tag.Start, tag.Length));
        while (end > start && tokens[end - 1] is { Kind: HtmlTokenKind.Character, Character: var last } && Rune.IsWhiteSpace(last))
            end--;
        if (end == start)
            return null;
        var from = tokens[start].Start;
        part.Append(html.AsSpan(from, tokens[end - 1].End - from));
        var visible = false;
        for (var at = start; at < end; at++)
        {
            Follow(tokens[at], open);
            visible |= tokens[at].Kind == HtmlTokenKind.Character && !Rune.IsWhiteSpace(tokens[at].Character);
        }

        foreach (var tag in Enumerable.Reverse(open))
            part.Append("</").Append(NameOf(html, tag)).Append('>');
        return visible ? part.ToString() : null;
    }

    private static void Follow(HtmlToken token, List<HtmlToken> open)
    {
        if (token.Kind == HtmlTokenKind.OpenTag)
            open.Add(token);
        else if (token.Kind == HtmlTokenKind.CloseTag && open.Count > 0)
            open.RemoveAt(open.Count - 1);
    }

    private static int SkipWhiteSpace(string html, List<HtmlToken> tokens, int at, List<HtmlToken> open)
    {
        var indented = open.Exists(tag => NameOf(html, tag).Equals("pre", StringComparison.OrdinalIgnoreCase));
        while (at < tokens.Count && tokens[at].Kind == HtmlTokenKind.Character
            && (indented ? tokens[at].Character.Value == '\n' : Rune.IsWhiteSpace(tokens[at].Character)))
            at++;
        return at;
    }

    private static ReadOnlySpan<char> NameOf(string html, HtmlToken tag)
    {
        var inside = html.AsSpan(tag.Start + 1, tag.Length - 2);
        var end = inside.IndexOfAny(' ', '\t', '\n');
        return end < 0 ? inside : inside[..end];
    }

    private enum Rank { Word, Sentence, Line, Paragraph }

    /// <summary>The last place to cut of each rank. A better rank wins only if it leaves no stump of a message.</summary>
    private sealed class Breaks(int limit)
    {
        private readonly (int At, int Units)?[] _last = new (int, int)?[4];

        public int? Best
        {
            get
            {
                for (var rank = Rank.Paragraph; rank >= Rank.Word; rank--)
                    if (_last[(int)rank] is { } good && good.Units >= limit / 4)
                        return good.At;
                var any = _last.Where(place => place is { Units: > 0 }).MaxBy(place => place!.Value.Units);
                return any?.At;
            }
        }

        public void Add(Rank rank, int at, int units) => _last[(int)rank] = (at, units);
    }
}
