using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Support.Contracts;
using Support.Server.Commands;
using Support.Server.Supervisor;
using Xunit;

namespace Support.Tests.Commands;

public sealed class IngestTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Name, string Audience, string Key, string Body)> _given = new();
    private readonly string _folder = Path.Combine(TestFolders.New("documents"), "help");
    private readonly HttpMessageInvoker _client = Web.Client();
    private WebApplication _desk = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _desk = builder.Build();
        _desk.MapPost("/documents", async (HttpRequest request, string name, string audience) =>
        {
            using var reader = new StreamReader(request.Body);
            _given.Enqueue((name, audience, request.Headers.Authorization.ToString(), await reader.ReadToEndAsync()));
            return name.EndsWith(".bad", StringComparison.Ordinal)
                ? Results.Json(new { name, status = "refused", reason = "unknown kind of file" }, statusCode: 422)
                : name.EndsWith(".slow", StringComparison.Ordinal)
                ? Results.Json(new { error = "It is kept and still being indexed." }, statusCode: 202)
                : Results.Json(new { name, status = "indexed", records = 1, chunks = 2, changed = 2, skipped = Array.Empty<string>() });
        });
        await _desk.StartAsync();
    }

    [Fact]
    public async Task Every_file_below_a_folder_is_given_and_staff_is_for_staff()
    {
        Write("faq/a.md", "one");
        Write("staff/limits.md", "two");
        Write(".hidden/x.md", "no");

        Assert.Equal(0, await RunAsync(_folder));

        Assert.Equal(
            [("help/faq/a.md", "customers", "Bearer key", "one"), ("help/staff/limits.md", "staff", "Bearer key", "two")],
            _given.OrderBy(document => document.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refused_file_does_not_keep_the_others_away()
    {
        Write("a.bad", "?");
        Write("b вопросы.md", "fine");

        Assert.Equal(1, await RunAsync(Path.Combine(_folder, "missing.md"), _folder));

        Assert.Equal(["help/a.bad", "help/b вопросы.md"], _given.Select(document => document.Name));
    }

    [Fact]
    public async Task A_file_that_takes_long_is_not_refused()
    {
        Write("a.slow", "much");

        Assert.Equal(0, await RunAsync(_folder));

        var report = await new DocumentUpload(_client, _desk.Urls.First(), "key").SendAsync(Assert.Single(FoundDocument.In(_folder)), CancellationToken.None);
        Assert.Equal(DocumentReport.StillIndexing, report.Status);
    }

    [Fact]
    public async Task Two_files_of_one_name_do_not_replace_each_other_unseen()
    {
        Write("en/faq.md", "one");
        Write("ru/faq.md", "two");

        Assert.Equal(1, await RunAsync(Path.Combine(_folder, "en", "faq.md"), Path.Combine(_folder, "ru", "faq.md")));

        Assert.Equal(("faq.md", "customers", "Bearer key", "one"), Assert.Single(_given));
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private Task<int> RunAsync(params string[] paths) =>
        Ingest.RunAsync(paths, new DocumentUpload(_client, _desk.Urls.First(), "key"), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _desk.DisposeAsync();
    }
}
