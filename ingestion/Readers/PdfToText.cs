using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Support.Ingestion.Readers;

/// <summary>Runs poppler's pdftotext, a process of its own: a PDF made to break its reader breaks that process only.</summary>
internal static class PdfToText
{
    private const string HowToInstall = "is not installed on this machine; install poppler-utils (Debian, Ubuntu: apt-get install poppler-utils; Fedora: dnf install poppler-utils; macOS: brew install poppler)";

    /// <returns>The text, or why there is none.</returns>
    public static async Task<(PdfText? Text, string? Reason)> RunAsync(SourceFile file, CancellationToken cancellation)
    {
        if (PdfProgram.Find(file.Limits.PdfProgram) is not { } program)
            return (null, $"cannot be read: {file.Limits.PdfProgram} {HowToInstall}");
        // Private to this user, and gone afterwards: it holds what editors upload.
        var folder = Directory.CreateTempSubdirectory("support-pdf-");
        try
        {
            var path = Path.Combine(folder.FullName, "document.pdf");
            await File.WriteAllBytesAsync(path, file.Bytes, cancellation);
            return await RunAsync(program, path, file.Limits, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(PdfText?, string?)> RunAsync(PdfProgram program, string path, ReaderLimits limits, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limits.PdfTime);
        using var process = new Process { StartInfo = program.Command(path, limits) };
        process.Start();
        // Ends the reading below, too: the pipes close.
        await using var end = time.Token.Register(() => End(process));
        try
        {
            var errors = FirstErrorsAsync(process.StandardError);
            var text = await ParseAsync(process.StandardOutput, limits);
            if (text is { Cut: true })
                End(process);
            var complaints = await errors;
            await process.WaitForExitAsync(time.Token);
            time.Token.ThrowIfCancellationRequested();
            return text is not null && (text.Cut || process.ExitCode == 0) ? (text, null) : (null, Reason(process.ExitCode, complaints));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"cannot be read: it took longer than {limits.PdfTime.TotalSeconds:0} seconds; print it to a new PDF and send that");
        }
        finally
        {
            End(process);
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static string Reason(int exitCode, string errors)
    {
        if (errors.Contains("password", StringComparison.OrdinalIgnoreCase) || errors.Contains("encrypt", StringComparison.OrdinalIgnoreCase))
            return "is encrypted: take the password off and send it again";
        if (exitCode == 3)
            return "does not allow its text to be copied: export it without that restriction and send it again";
        return $"is broken: pdftotext ended with code {exitCode}; open it in a viewer, print it to a new PDF and send that";
    }

    // A damaged file can make thousands of complaints; the first say what is wrong, the others only must not block the pipe.
    private static async Task<string> FirstErrorsAsync(StreamReader errors)
    {
        var first = new StringBuilder();
        var buffer = new char[4_096];
        for (int read; (read = await errors.ReadAsync(buffer)) > 0;)
        {
            if (first.Length < 4_096)
                first.Append(buffer, 0, read);
        }
        return first.ToString();
    }

    /// <returns>Null if the output ends in the middle: then the exit code says why.</returns>
    private static async Task<PdfText?> ParseAsync(StreamReader output, ReaderLimits limits)
    {
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CheckCharacters = false };
        using var xml = XmlReader.Create(output, settings);
        var (lines, heights) = (new List<PdfLine>(), new List<double>());
        string? title = null;
        var (block, characters) = (0, 0);
        var words = new List<(double Left, double Top, double Right, double Bottom, string Text)>();
        try
        {
            while (await xml.ReadAsync())
            {
                switch (xml.NodeType, xml.LocalName)
                {
                    case (XmlNodeType.Element, "title"):
                        title = await xml.ReadElementContentAsStringAsync();
                        break;
                    case (XmlNodeType.Element, "page"):
                        heights.Add(Number(xml, "height"));
                        break;
                    case (XmlNodeType.Element, "block"):
                        block++;
                        break;
                    case (XmlNodeType.Element, "word"):
                        var (left, top, right, bottom) = (Number(xml, "xMin"), Number(xml, "yMin"), Number(xml, "xMax"), Number(xml, "yMax"));
                        words.Add((left, top, right, bottom, (await xml.ReadElementContentAsStringAsync()).Trim()));
                        if (words[^1].Text.Length == 0)
                            words.RemoveAt(words.Count - 1);
                        break;
                    case (XmlNodeType.EndElement, "line") when words.Count > 0:
                        lines.Add(Line(heights.Count - 1, block, words));
                        characters += lines[^1].Text.Length;
                        words.Clear();
                        if (characters > limits.Characters)
                            return new PdfText(title, heights.Count, heights, lines, Cut: true);
                        break;
                }
            }
            return new PdfText(title, heights.Count, heights, lines, Cut: false);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static PdfLine Line(int page, int block, List<(double Left, double Top, double Right, double Bottom, string Text)> words) => new(
        page, block, words.Min(word => word.Left), words.Min(word => word.Top), words.Max(word => word.Right), words.Max(word => word.Bottom),
        words.Select(word => word.Bottom - word.Top).Order().ElementAt(words.Count / 2),
        string.Join(' ', words.Select(word => word.Text)));

    private static double Number(XmlReader xml, string attribute) =>
        double.TryParse(xml.GetAttribute(attribute), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : 0;
}
