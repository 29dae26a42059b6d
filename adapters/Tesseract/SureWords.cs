using System.Globalization;
using System.Text;

namespace Support.Tesseract;

/// <summary>What Tesseract is sure of, from its table of words (tsv: level, page, block, paragraph, line, word, left, top, width, height, conf, text).</summary>
internal static class SureWords
{
    private const string Word = "5";

    // What is there is mostly above 80; the grain of a photograph read as letters stays below 50.
    private const double Sure = 60;

    // More doubted words than sure ones: a photograph, or a language that is not installed.
    private const double Share = .5;

    /// <returns>Lines of text; empty when there is too little that is sure.</returns>
    public static string Of(string table)
    {
        var text = new StringBuilder();
        var (sure, all) = (0, 0);
        (string, string, string)? last = null;
        foreach (var row in table.Split('\n'))
        {
            var cells = row.TrimEnd('\r').Split('\t');
            if (cells.Length < 12 || cells[0] != Word || cells[11].Trim() is not { Length: > 0 } word || !double.TryParse(cells[10], CultureInfo.InvariantCulture, out var confidence))
                continue;
            all++;
            if (confidence < Sure)
                continue;
            sure++;
            var line = (cells[2], cells[3], cells[4]);
            if (last is not null)
                text.Append(last == line ? ' ' : '\n');
            text.Append(word);
            last = line;
        }
        return sure < Share * all ? "" : text.ToString();
    }
}
