using Spectre.Console;
using Support.Server.Supervisor;

namespace Support.Server.Commands;

/// <summary><c>ingest PATH…</c>: gives files and folders to the running desk and says of each what became of it.</summary>
internal static class Ingest
{
    public static async Task<int> RunAsync(string[] args)
    {
        var line = CommandLine.Parse("ingest", args, "--data");
        if (line.Words.Count == 0)
            throw new UsageException("`ingest` wants files or folders: ingest PATH… [--data DIR].");

        using var stop = new StopSignal();
        using var client = Web.Client();
        var desk = RunningDesk.Find(line["--data"]);
        return await RunAsync(line.Words, new DocumentUpload(client, desk.Url, desk.Key), stop.Token);
    }

    public static async Task<int> RunAsync(IReadOnlyList<string> paths, DocumentUpload upload, CancellationToken cancel)
    {
        var reports = new List<DocumentReport>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                reports.Add(Refused(path, "there is no such file or folder"));
                continue;
            }

            foreach (var document in FoundDocument.In(path))
            {
                // The second would silently replace the first.
                reports.Add(names.Add(document.Name)
                    ? await SendAsync(document, upload, cancel)
                    : Refused(document.Name, $"{document.Path} has the same name as a file before it; give the folder above them instead"));
            }
        }

        Show(reports);
        return reports.Exists(report => report.Status == "refused") ? 1 : 0;
    }

    private static async Task<DocumentReport> SendAsync(FoundDocument document, DocumentUpload upload, CancellationToken cancel)
    {
        try
        {
            return await upload.SendAsync(document, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(document.Name, e.Message);
        }
    }

    private static DocumentReport Refused(string name, string reason) => new(name, "refused", 0, 0, 0, null, reason);

    private static void Show(List<DocumentReport> reports)
    {
        var table = new Table().AddColumns("Document", "", "Records", "Chunks", "Changed", "What was left out, and why");
        table.Border(Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded);
        foreach (var report in reports)
        {
            table.AddRow(
                Markup.Escape(report.Name),
                report.Status == "refused" ? "[red]refused[/]" : Markup.Escape(report.Status),
                $"{report.Records}",
                $"{report.Chunks}",
                $"{report.Changed}",
                Markup.Escape(string.Join("\n", (report.Reason is null ? [] : new[] { report.Reason }).Concat(report.Skipped ?? []))));
        }

        AnsiConsole.Write(table);
        var later = Count(DocumentReport.StillIndexing);
        Screen.Say(
            $"{Count("indexed")} indexed, {Count("unchanged")} unchanged, {(later > 0 ? $"{later} still being indexed, " : "")}{Count("refused")} refused; {reports.Sum(report => report.Chunks)} chunks, {reports.Sum(report => report.Changed)} of them new");
        int Count(string status) => reports.Count(report => report.Status == status);
    }
}
