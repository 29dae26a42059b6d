using System.Runtime.InteropServices;

namespace Support.Knowledge;

/// <summary>Splits what is larger than a chunk may be: lines between lines, prose at the ends of sentences.</summary>
internal static class LongText
{
    /// <param name="header">Said again above each part, as a table without its header means nothing.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string> lines, string? header, ChunkOptions options)
    {
        var above = header is null ? 0 : TokenCount.Estimate(header);
        if (above > options.Max / 2)
            return Lines([header!, .. lines], header: null, options);

        var (room, target) = (options.Max - above, Math.Max(1, options.Target - above));
        var parts = new List<List<string>>();
        var size = int.MaxValue;
        foreach (var line in lines.SelectMany(line => TokenCount.Estimate(line) <= room ? [line] : Sentences(line, options, room)))
        {
            var tokens = TokenCount.Estimate(line);
            if (size == int.MaxValue || size + tokens > target)
            {
                parts.Add([]);
                size = 0;
            }
            parts[^1].Add(line);
            size += tokens;
        }
        return parts.Select(part => string.Join('\n', header is null ? part : part.Prepend(header)).Trim('\n'));
    }

    /// <param name="max">At most <see cref="ChunkOptions.Max"/>; less where a header stands above.</param>
    public static IEnumerable<string> Sentences(string text, ChunkOptions options, int max)
    {
        var target = Math.Min(options.Target, max);
        var sentences = Knowledge.Sentences.Split(text).SelectMany(range => Words(text, range, max)).ToList();
        var start = 0;
        var tail = 0;
        while (start < sentences.Count)
        {
            var size = 0;
            var end = start;
            while (end < sentences.Count && (end <= tail || size + sentences[end].Tokens <= target))
                size += sentences[end++].Tokens;
            yield return text[sentences[start].From..sentences[end - 1].To];
            if (end == sentences.Count)
                yield break;
            start = Overlap(sentences, start, end, options, max);
            tail = end;
        }
    }

    // The first sentence of the next part: a few before its own, if they are short and leave it room.
    private static int Overlap(List<Span> sentences, int start, int end, ChunkOptions options, int max)
    {
        var first = end;
        var tokens = 0;
        while (first - 1 > start && end - first < options.OverlapSentences
            && tokens + sentences[first - 1].Tokens is var more && more <= options.OverlapTokens && more + sentences[end].Tokens <= max)
        {
            tokens = more;
            first--;
        }
        return first;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Span(int From, int To, int Tokens);

    // A sentence that is itself too large is cut between words, and a word that is too large (an encoded file, say) anywhere.
    private static IEnumerable<Span> Words(string text, Range sentence, int max)
    {
        var (from, end) = (sentence.Start.Value, sentence.End.Value);
        var tokens = TokenCount.Estimate(text.AsSpan(from, end - from));
        if (tokens <= max)
        {
            yield return new Span(from, end, tokens);
            yield break;
        }
        var size = 0;
        var start = from;
        var to = from;
        while (to < end)
        {
            var next = to;
            while (next < end && char.IsWhiteSpace(text[next]))
                next++;
            // No character is more than a token.
            var wordEnd = next;
            while (wordEnd < end && !char.IsWhiteSpace(text[wordEnd]) && wordEnd - next < max)
                wordEnd++;
            if (wordEnd < end && char.IsLowSurrogate(text[wordEnd]) && wordEnd - next > 1)
                wordEnd--;
            var word = TokenCount.Estimate(text.AsSpan(next, wordEnd - next));
            if (size > 0 && size + word > max)
            {
                yield return new Span(start, to, size);
                (start, size) = (next, 0);
            }
            size += word;
            to = wordEnd;
        }
        if (to > start)
            yield return new Span(start, to, size);
    }
}
