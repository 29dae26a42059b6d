using System.Net.Http.Headers;
using System.Text.Json;

namespace Support.Tests.WholeApp.Replay;

/// <summary>The made-up history asked of the sample documents: what docs/operations.md says of it is what it says.</summary>
public sealed class SamplesReplayTest
{
    [Fact]
    public async Task The_guide_says_what_the_replay_of_the_samples_says()
    {
        var root = Root();
        await using var desk = await Desk.OpenAsync();
        foreach (var file in new[] { "en", "ru", "staff" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, "samples", folder))).Order(StringComparer.Ordinal))
            await desk.UploadAsync(Path.GetFileName(file), await File.ReadAllBytesAsync(file), audience: file.Contains("staff", StringComparison.Ordinal) ? "staff" : "customers");

        using var request = new HttpRequestMessage(HttpMethod.Post, desk.Door + "/replay") { Content = new StreamContent(File.OpenRead(Path.Combine(root, "samples-history", "result.json"))) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-key");
        using var response = await DeskServer.Http.SendAsync(request);
        var replayed = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        int Of(string name) => replayed.GetProperty(name).GetInt32();
        var sentence = $"\"Of your last {replayed.GetProperty("questions").GetArrayLength()} questions I would answer {Of("answered")}, ask back on {Of("askedBack")}, hand over {Of("handedOver")}\"";
        var guide = await File.ReadAllTextAsync(Path.Combine(root, "docs", "operations.md"));
        Assert.True(guide.Contains(sentence, StringComparison.Ordinal), $"docs/operations.md is to say: {sentence}");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Support.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No folder above holds Support.sln.");
        return folder;
    }
}
