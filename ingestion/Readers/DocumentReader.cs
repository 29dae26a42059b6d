using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Reads a file of any kind we know: its content says which reader takes it, its name must not contradict. Bad input is refused, never thrown.</summary>
public sealed partial class DocumentReader(IOptions<ReaderLimits> options, ILogger<DocumentReader> logger)
{
    private readonly ReaderLimits _limits = options.Value;

    /// <param name="fileName">As the editor knows it; a folder in front of it is ignored.</param>
    public async ValueTask<Reading> ReadAsync(string fileName, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var name = NameOf(fileName);
        if (RefusalBySize(name, bytes.Length) is { } refused)
            return refused;
        var (kind, text, reason) = Recognition.Of(name, bytes.Span);
        if (reason is not null)
            return new Reading.Refused($"{name} {reason}");
        try
        {
            var file = new SourceFile(name, bytes, text, _limits);
            var reading = kind switch
            {
                FileKind.Pdf => await PdfReader.ReadAsync(file, cancellation),
                FileKind.Word => WordReader.Read(file),
                FileKind.Html => HtmlReader.Read(file),
                FileKind.Markdown => MarkdownReader.Read(file),
                FileKind.Csv => CsvTableReader.Read(file),
                FileKind.JsonLines => JsonRecordsReader.ReadLines(file, cancellation),
                FileKind.Json => JsonRecordsReader.ReadArray(file, cancellation),
                _ => PlainTextReader.Read(file),
            };
            return Tidy.Up(reading, file);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // The parsers of six formats throw a dozen types at a file made to break them; none may keep the other files waiting.
            Log.ParserFailed(logger, kind, bytes.Length, e.GetType().Name, e.StackTrace);
            return new Reading.Refused($"{name} is broken: it starts like {kind.Name()} but cannot be read as one; open it, save it anew and send it again");
        }
    }

    /// <summary>Reads a file on disk; one above the limit is refused without being read.</summary>
    public async ValueTask<Reading> ReadFileAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return RefusalBySize(NameOf(path), new FileInfo(path).Length)
                ?? await ReadAsync(path, await File.ReadAllBytesAsync(path, cancellation), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Reading.Refused($"{NameOf(path)} cannot be opened: {e.Message}");
        }
    }

    /// <summary>For those who know the size before they have the bytes.</summary>
    /// <returns>Null if the size is within the limits.</returns>
    public Reading.Refused? RefusalBySize(string fileName, long bytes) => bytes switch
    {
        <= 0 => new Reading.Refused($"{NameOf(fileName)} is empty: it has no bytes; save it again and check that it opens"),
        _ when bytes > _limits.FileBytes => new Reading.Refused(
            $"{NameOf(fileName)} is too large: {Megabytes(bytes)} MB, at most {Megabytes(_limits.FileBytes)} MB are read; split it, or take the pictures out"),
        _ => null,
    };

    private static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.#");

    private static string NameOf(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return name.Length == 0 ? "The file" : name.Length > 120 ? name[..60] + "…" + name[^50..] : name;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A file read as {Kind} ({Bytes} bytes) was refused: its parser threw {Exception}. {Stack}")]
        public static partial void ParserFailed(ILogger logger, FileKind kind, int bytes, string exception, string? stack);
    }
}
