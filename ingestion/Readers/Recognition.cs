using System.IO.Compression;

namespace Support.Ingestion.Readers;

/// <summary>Which reader takes a file, or why none does: content first, extension second.</summary>
internal readonly record struct Recognition(FileKind Kind, string Text, string? Reason)
{
    /// <summary>Whatever their bytes look like: a few of them may read as text by chance.</summary>
    private static readonly HashSet<string> IsNeverText = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exe", ".dll", ".so", ".msi", ".apk", ".jar", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".mp4", ".ogg", ".zip", ".rar", ".7z", ".gz", ".xls", ".xlsx", ".ppt", ".pptx",
    };

    public static Recognition Of(string name, ReadOnlySpan<byte> bytes)
    {
        var extension = FileKinds.OfExtension(name);
        if (Signature.Of(bytes) is { } signature)
            return OfBinary(name, extension, signature, bytes);
        if (bytes.IndexOfAnyExcept((byte)0) < 0)
            return Refuse("is empty: it holds only zero bytes; the copy failed, send it again");
        if (extension is null && IsNeverText.Contains(Path.GetExtension(name)))
            return Refuse($"ends in {Path.GetExtension(name).ToLowerInvariant()}, which is no document; we read {FileKinds.Readable}");
        if (extension is FileKind.Pdf or FileKind.Word)
            return Refuse($"is not {extension.Value.Name()}: it starts like {(TextFile.Decode(bytes) is null ? "no kind of file we know" : "plain text")}; "
                + (extension is FileKind.Pdf ? "export it as PDF again" : "save it as .docx again"));
        if (TextFile.Decode(bytes) is not { } text)
            return Refuse($"is not a text in UTF-8, UTF-16 or windows-1251, nor another kind we read; we read {FileKinds.Readable}");
        if (string.IsNullOrWhiteSpace(text))
            return Refuse("is empty: it holds only white space");
        return OfText(extension, text);
    }

    private static Recognition OfBinary(string name, FileKind? extension, Signature signature, ReadOnlySpan<byte> bytes)
    {
        var (kind, looks, fix) = (default(FileKind?), signature.Name, signature.Fix);
        if (signature == Signature.Ole && extension is null or FileKind.Word || signature == Signature.Ole && Path.GetExtension(name).StartsWith(".doc", StringComparison.OrdinalIgnoreCase))
            return Refuse(Signature.ReasonForOle(bytes));
        if (signature == Signature.Pdf)
            kind = FileKind.Pdf;
        else if (signature == Signature.Zip)
            (kind, looks, fix) = InsideZip(bytes);

        if (kind is { } known && (extension is null || extension == known))
            return new Recognition(known, "", null);
        if (extension is { } promised)
            return Refuse($"is not {promised.Name()}: it starts like {looks}; " + (kind is null ? fix ?? $"we read {FileKinds.Readable}" : "give it the right extension and send it again"));
        return Refuse($"is {looks}, which is not read: {fix ?? $"we read {FileKinds.Readable}"}");
    }

    private static (FileKind? Kind, string Looks, string? Fix) InsideZip(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes.ToArray()));
            var names = archive.Entries.Take(5_000).Select(entry => entry.FullName.Replace('\\', '/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (names.Contains("word/document.xml") || names.Contains("[Content_Types].xml") && names.Any(name => name.StartsWith("word/", StringComparison.OrdinalIgnoreCase)))
                return (FileKind.Word, "a Word document", null);
            if (names.Any(name => name.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
                return (null, "an Excel workbook", "save each sheet as .csv");
            if (names.Any(name => name.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)))
                return (null, "a PowerPoint presentation", "save it as .pdf");
            if (names.Contains("content.xml") && names.Contains("mimetype"))
                return (null, "an OpenDocument file", "save it as .docx or .pdf");
            return (null, Signature.Zip.Name, Signature.Zip.Fix);
        }
        catch (InvalidDataException)
        {
            return (null, "a broken ZIP archive", "open it, save it anew and send it again");
        }
    }

    private static Recognition OfText(FileKind? extension, string text)
    {
        var start = text.AsSpan().TrimStart();
        var isHtml = start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
        var isRecord = start[0] == '{' && FirstLineIsRecord(start);
        return extension switch
        {
            FileKind.Html when start.IndexOf('<') < 0 => Refuse("is not an HTML page: it has no tags; give it the extension .txt or .md"),
            FileKind.JsonLines when start[0] == '[' => new Recognition(FileKind.Json, text, null),
            FileKind.JsonLines or FileKind.Json when start[0] != '{' && (extension == FileKind.JsonLines ? isHtml : start[0] != '[') =>
                Refuse($"is not {extension.Value.Name()}: it starts like {(isHtml ? "an HTML page" : "plain text")}; give it the right extension and send it again"),
            FileKind.Json when isRecord && start.IndexOf('\n') >= 0 => new Recognition(FileKind.JsonLines, text, null),
            FileKind.Markdown or FileKind.PlainText or FileKind.Csv when isHtml =>
                Refuse($"is not {extension.Value.Name()}: it starts like an HTML page; give it the extension .html and send it again"),
            { } kind => new Recognition(kind, text, null),
            null when isHtml => new Recognition(FileKind.Html, text, null),
            null when isRecord => new Recognition(FileKind.JsonLines, text, null),
            null => new Recognition(FileKind.PlainText, text, null),
        };
    }

    private static bool FirstLineIsRecord(ReadOnlySpan<char> start)
    {
        var end = start.IndexOf('\n');
        return (end < 0 ? start : start[..end]).TrimEnd().EndsWith("}");
    }

    private static Recognition Refuse(string reason) => new(default, "", reason);
}
