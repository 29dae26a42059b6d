using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Support.Tests.WholeApp.Balanced;

/// <summary>Programs that knock at the desk's HTTP doors one after another: a question, a changed document, the list of documents.</summary>
internal sealed class Visitors(string door, string key)
{
    /// <summary>What did not end in 200, in words.</summary>
    public List<string> Refused { get; } = [];

    public int Knocks { get; private set; }

    public async Task KnockUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await KnockAsync(HttpMethod.Post, "/ask", JsonContent.Create(new { question = "Where is the lamp?" }));
            await KnockAsync(HttpMethod.Post, "/documents?name=news.md", new StringContent($"# News\n\n## News number {Knocks}\n\nThis is what news number {Knocks} says."));
            await KnockAsync(HttpMethod.Get, "/documents", null);
        }
    }

    private async Task KnockAsync(HttpMethod method, string path, HttpContent? body)
    {
        Knocks++;
        using var request = new HttpRequestMessage(method, door + path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await DeskServer.Http.SendAsync(request);
            if ((int)response.StatusCode != 200)
                Refused.Add($"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
        catch (HttpRequestException e)
        {
            Refused.Add($"{method} {path}: {e.Message}");
        }
    }
}
