using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Support.Server.Supervisor;

namespace Support.Server.Commands;

/// <summary>Uploads documents to a running desk, which answers when the text can be found.</summary>
internal sealed class DocumentUpload(HttpMessageInvoker client, string url, string key)
{
    /// <summary>A desk that restarts meanwhile is waited for this many times a second apart.</summary>
    private const int Tries = 30;

    public async Task<DocumentReport> SendAsync(FoundDocument document, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await PostAsync(document, cancel);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                    return await ReportAsync(document, response, cancel);
                if (attempt == Tries)
                    throw new UpException($"The desk at {url} cannot work now (it answers 503). {document.Name} and what follows was not given to it.");
            }
            catch (HttpRequestException) when (attempt < Tries)
            {
                // It is down for a moment; the same bytes again change nothing.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancel);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(FoundDocument document, CancellationToken cancel)
    {
        await using var file = new FileStream(document.Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.ReadWrite });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/documents?name={Uri.EscapeDataString(document.Name)}&audience={document.Audience}")
        {
            Content = new StreamContent(file),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key), ExpectContinue = true },
        };
        return await client.SendAsync(request, cancel);
    }

    private static async Task<DocumentReport> ReportAsync(FoundDocument document, HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.StatusCode == HttpStatusCode.Accepted)
            return new DocumentReport(document.Name, DocumentReport.StillIndexing, 0, 0, 0, null, "it is kept, and the desk goes on with it by itself");

        var body = await response.Content.ReadAsStringAsync(cancel);
        try
        {
            if (JsonSerializer.Deserialize(body, CommandsJson.Default.DocumentReport) is { Status: not null } report)
                return report with { Name = document.Name };
        }
        catch (JsonException)
        {
            // Not from the desk's own code: an error of the server below it, told by its number.
        }

        return new DocumentReport(document.Name, "refused", 0, 0, 0, null, $"the desk answered {(int)response.StatusCode} {response.ReasonPhrase}");
    }
}
