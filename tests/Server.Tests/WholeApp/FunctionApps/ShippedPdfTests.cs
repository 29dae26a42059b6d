using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;
using Support.Contracts;

namespace Support.Tests.WholeApp.FunctionApps;

/// <summary>The published ingestion app brings its own pdftotext: nothing of this machine is needed to read a PDF, and what it may take is limited.</summary>
public sealed class ShippedPdfTests
{
    private static readonly string Poppler = Path.Combine(PublishedApps.Folder("ingestion"), "poppler");

    [Fact]
    public async Task It_reads_a_document_with_an_empty_path_and_no_library_of_this_machine()
    {
        var (exit, text, errors) = await RunAsync(limitKilobytes: 512 * 1024);
        Assert.True(exit == 0, errors);
        Assert.Contains("return a lamp", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_cannot_take_more_memory_than_it_is_given() =>
        Assert.NotEqual(0, (await RunAsync(limitKilobytes: 4 * 1024)).Exit);

    [Fact]
    public void Each_part_of_it_is_shipped_with_its_licence()
    {
        Assert.Contains("GPL", File.ReadAllText(Path.Combine(Poppler, "licences", "poppler-utils.txt")), StringComparison.Ordinal);
        Assert.True(Directory.GetFiles(Path.Combine(Poppler, "licences")).Length > 15);
        // Resolved by the shipped loader from the shipped folder alone.
        var start = Command("--list", Path.Combine(Poppler, "pdftotext"));
        using var process = Process.Start(start)!;
        var libraries = process.StandardOutput.ReadToEnd();
        Assert.Contains("libpoppler", libraries, StringComparison.Ordinal);
        Assert.DoesNotContain("not found", libraries, StringComparison.Ordinal);
        Assert.DoesNotContain("=> /lib/", libraries, StringComparison.Ordinal);
        Assert.DoesNotContain("=> /usr/", libraries, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_app_indexes_a_document_with_it_though_its_path_is_empty()
    {
        await using var azurite = await Azurite.StartAsync();
        var database = await TestDatabase.CreateAsync();
        var settings = new Dictionary<string, string?>
        {
            ["Support__Database__ConnectionString"] = database,
            ["Support__Security__MasterKey"] = Desk.MasterKey,
            ["Support__Http__UploadKey"] = "test-key",
            ["AzureWebJobsStorage"] = azurite.NewAccount().ConnectionString,
            ["PATH"] = "",
        };
        await using (var functions = BareApp.Start("functions", settings))
        {
            await functions.UntilItAnswersAsync();
            Assert.Equal(200, (await functions.PostAsync("/set-up", "", ("Authorization", "Bearer test-key"))).Status);
        }
        await using var ingestion = BareApp.Start("ingestion", settings);
        await ingestion.UntilItAnswersAsync();

        // It is answered once somebody has worked the queue off, which is the host's part.
        var uploading = ingestion.PostAsync("/documents?name=lamp.pdf", OnePage("How do I return a lamp? Bring it to any shop within 14 days."), ("Authorization", "Bearer test-key"));
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var document = await Eventually.GetAsync(async () => (await connection.QueryAsync<(Guid Tenant, long Id)>("select set_config('support.tenant', id::text, false)::uuid, 0::bigint from tenant")).FirstOrDefault() is { Tenant: var tenant } && tenant != Guid.Empty
            && (await connection.QueryAsync<long>("select id from document where name = 'lamp.pdf'")).ToList() is [var id] ? $"{{\"tenant\":\"{tenant}\",\"document\":{id}}}" : null, "the document is kept");
        var job = JsonSerializer.Serialize(new { attempt = 0, returns = 0, put = TimeProvider.System.GetUtcNow(), body = new { text = document } });
        Assert.Equal(200, (await ingestion.PostAsync("/index-document", JsonSerializer.Serialize(new { Data = new { message = JsonSerializer.Serialize(job) } }))).Status);

        var (status, _, report) = await uploading;
        Assert.True(status == 200 && report.Contains("\"status\":\"indexed\"", StringComparison.Ordinal), $"{status} {report}\n{ingestion.Output}");
    }

    private static async Task<(int Exit, string Text, string Errors)> RunAsync(int limitKilobytes)
    {
        var file = Path.Combine(TestFolders.New("pdf"), "lamp.pdf");
        await File.WriteAllTextAsync(file, OnePage("How do I return a lamp?"), Encoding.Latin1);
        var start = new ProcessStartInfo("/bin/sh", ["-c", "ulimit -v \"$0\" && exec \"$@\"", $"{limitKilobytes}", Path.Combine(Poppler, "loader"), "--library-path", Path.Combine(Poppler, "lib"), Path.Combine(Poppler, "pdftotext"), file, "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var end = patience.Token.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text, await errors);
    }

    private static ProcessStartInfo Command(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Poppler, "loader"), ["--library-path", Path.Combine(Poppler, "lib"), .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment.Clear();
        return start;
    }

    private static string OnePage(string line)
    {
        var pdf = new StringBuilder("%PDF-1.4\n");
        var stream = $"BT /F1 12 Tf 72 700 Td ({line}) Tj ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            $"<</Length {stream.Length}>>\nstream\n{stream}\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        var places = new List<int>();
        foreach (var (i, text) in objects.Index())
        {
            places.Add(pdf.Length);
            pdf.Append($"{i + 1} 0 obj\n{text}\nendobj\n");
        }
        var table = pdf.Length;
        pdf.Append($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            pdf.Append($"{place:D10} 00000 n \n");
        return pdf.Append($"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").ToString();
    }
}
