namespace Support.Knowledge;

/// <summary>
/// Cuts documents where their authors did: a section is a chunk, a FAQ entry is a chunk, a short record is a chunk. Only a section larger than
/// <see cref="ChunkOptions.Max"/> is cut further, between paragraphs, and only a paragraph larger than that at the end of a sentence, with overlap.
/// </summary>
public static class Chunker
{
    public static IReadOnlyList<ChunkDraft> Cut(IReadOnlyList<ReadDocument> documents, ChunkOptions options)
    {
        var chunks = new List<ChunkDraft>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            foreach (var (title, text) in Cut(document, options))
            {
                var hash = ChunkHash.Of(document.Key, document.Title, document.Link, title, text);
                // A page that says the same twice under one heading is answered from one of the two.
                if (seen.Add(Convert.ToHexString(hash)))
                    chunks.Add(new ChunkDraft(document.Key, chunks.Count, document.Title, document.Link, title, text, hash));
            }
        }
        return chunks;
    }

    private static IEnumerable<(string Title, string Text)> Cut(ReadDocument document, ChunkOptions options)
    {
        if (WholeRecord(document, options) is { } whole)
            return whole.Length == 0 ? [] : [(document.Title, whole)];
        return Sections.Of(document).SelectMany(section => Cut(section, options));
    }

    // A record was cut by whoever wrote it: its headings are lines of its text while it fits.
    private static string? WholeRecord(ReadDocument document, ChunkOptions options)
    {
        if (document.Key.Length == 0 || document.Blocks.Any(block => block is Block.QuestionAndAnswer))
            return null;
        var text = BlockText.Render(document.Blocks.Where((block, at) => at > 0 || !Sections.RepeatsTitle(block, document)));
        return TokenCount.Estimate(text) <= options.Max ? text : null;
    }

    private static IEnumerable<(string Title, string Text)> Cut(Section section, ChunkOptions options)
    {
        var plain = new List<Block>();
        foreach (var block in section.Blocks)
        {
            if (block is not Block.QuestionAndAnswer entry)
            {
                plain.Add(block);
                continue;
            }
            foreach (var text in Pieces.Pack(plain, options))
                yield return (section.Title, text);
            plain.Clear();
            foreach (var text in Pieces.Pack([new Block.Paragraph(entry.Answer)], options))
                yield return (entry.Question.Trim(), text);
        }
        foreach (var text in Pieces.Pack(plain, options))
            yield return (section.Title, text);
    }
}
