namespace Support.Ingestion.Readers;

/// <summary>A line of a PDF page where it stands, in points from the top left corner.</summary>
/// <param name="Block">Counts the blocks that poppler found, over the whole document.</param>
/// <param name="Size">The height of its words: the font's size, nearly.</param>
internal sealed record PdfLine(int Page, int Block, double Left, double Top, double Right, double Bottom, double Size, string Text)
{
    public bool IsBeside(PdfLine other) =>
        Page == other.Page
        && (Left >= other.Right || other.Left >= Right)
        && Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top) > 0.5 * Math.Min(Bottom - Top, other.Bottom - other.Top);
}

/// <summary>What poppler made of a PDF, in reading order.</summary>
/// <param name="Title">From the document's properties.</param>
/// <param name="Cut">Not all of it: the text is above the limit.</param>
internal sealed record PdfText(string? Title, int Pages, IReadOnlyList<double> PageHeights, IReadOnlyList<PdfLine> Lines, bool Cut);
