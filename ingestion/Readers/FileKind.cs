namespace Support.Ingestion.Readers;

/// <summary>The kinds of files we read.</summary>
internal enum FileKind { Markdown, Html, PlainText, Word, Pdf, Csv, JsonLines, Json }

internal static class FileKinds
{
    public const string Readable = "Markdown (.md), HTML (.html), plain text (.txt), Word (.docx), PDF (.pdf), CSV (.csv) and JSON Lines (.jsonl)";

    public static FileKind? OfExtension(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".md" or ".markdown" or ".mdown" or ".mkd" or ".mdx" => FileKind.Markdown,
        ".html" or ".htm" or ".xhtml" => FileKind.Html,
        ".txt" or ".text" => FileKind.PlainText,
        ".docx" or ".docm" => FileKind.Word,
        ".pdf" => FileKind.Pdf,
        ".csv" or ".tsv" => FileKind.Csv,
        ".jsonl" or ".ndjson" => FileKind.JsonLines,
        ".json" => FileKind.Json,
        _ => null,
    };

    public static string Name(this FileKind kind) => kind switch
    {
        FileKind.Markdown => "Markdown",
        FileKind.Html => "an HTML page",
        FileKind.PlainText => "plain text",
        FileKind.Word => "a Word document",
        FileKind.Pdf => "a PDF",
        FileKind.Csv => "a CSV file",
        FileKind.JsonLines => "a JSON Lines file",
        _ => "a JSON file",
    };
}
